import tseslint from 'typescript-eslint';

/**
 * Which rooms of lib/ each room may import: the arrows of ARCHITECTURE.md. What is not listed is refused.
 */
const ROOMS = {
  'errors': [],
  'names': ['errors'],
  'quantity': ['errors'],
  'resources': ['errors'],
  'golden': ['errors'],
  // The right side, from manifests to findings, knows no construct.
  'input': ['errors'],
  'inventory': ['errors', 'names', 'quantity'],
  'proofs': ['errors', 'names', 'resources', 'inventory'],
  'controls': ['errors', 'names', 'quantity', 'resources', 'inventory', 'proofs'],
  'assessment': ['errors', 'names', 'quantity', 'inventory', 'controls'],
  'report': ['errors', 'names', 'inventory', 'controls', 'proofs', 'assessment'],
  'gates': ['errors', 'names', 'resources', 'input', 'inventory', 'controls', 'proofs', 'assessment', 'report', 'platform'],
  // The left side, constructs; each turns the gate on.
  'exemption': ['errors', 'gates', 'assessment'],
  'platform': ['errors', 'names', 'gates'],
  'network': ['errors', 'names', 'gates', 'platform'],
  'namespace': ['errors', 'names', 'quantity', 'gates', 'platform', 'network'],
  'workload': ['errors', 'names', 'quantity', 'gates', 'platform', 'network', 'namespace'],
  'rbac': ['errors', 'names', 'resources', 'gates', 'platform', 'exemption'],
  'identity': ['errors', 'names', 'gates', 'platform', 'network', 'namespace'],
};

const boundaries = Object.entries(ROOMS).map(([room, allowed]) => ({
  files: [`lib/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [{
        group: Object.keys(ROOMS).filter((other) => other !== room && !allowed.includes(other)).flatMap((other) => [`../${other}`, `../${other}/*`, `../../${other}`, `../../${other}/*`]),
        message: `${room}/ may import ${allowed.join(', ') || 'no other room'}: see ARCHITECTURE.md.`,
      }],
    }],
  },
}));

export default tseslint.config(
  { ignores: ['build/**', 'dist/**', 'cdktf.out/**', 'node_modules/**', '**/*.js', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      'max-len': ['error', { code: 180, ignoreTemplateLiterals: true, ignoreStrings: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
      'no-console': 'error',
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-require-imports': 'off', // Terraform's packages are loaded only where they are used
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['test/judges/**/*.ts', 'test/weakened/*.ts', 'test/goldens.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  ...boundaries,
);
