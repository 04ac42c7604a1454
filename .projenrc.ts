import { IniFile, javascript, typescript } from 'projen';

/**
 * The project's own settings. What is generated from here (package.json, tsconfig.json, LICENSE, .gitignore, .npmignore)
 * is written by `npx projen`; change it here, never there.
 */
const project = new typescript.TypeScriptProject({
  name: 'cdk8s-hardened',
  description: 'CDK8s constructs that synthesize hardened Kubernetes manifests and least-privilege cloud identities, and a synth that fails on anything weaker',
  authorName: 'The cdk8s-hardened authors',
  copyrightOwner: 'The cdk8s-hardened authors',
  authorOrganization: true,
  repository: 'https://github.com/cdk8s-hardened/cdk8s-hardened.git',
  license: 'Apache-2.0',
  keywords: ['cdk8s', 'kubernetes', 'security', 'hardening', 'pod-security', 'network-policy', 'rbac', 'irsa', 'workload-identity'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  projenVersion: '~0.103.25',
  typescriptVersion: '~5.9.0',
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  disableTsconfigDev: true, // jsii writes a tsconfig of its own; this one is for editors, tests and examples
  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      module: 'commonjs',
      rootDir: '.',
      noEmit: true,
      incremental: true,
      tsBuildInfoFile: './types.tsbuildinfo',
      isolatedModules: true,
      paths: { 'cdk8s-hardened': ['./lib/index.ts'] }, // tests and examples import the package by its name, as users do
      skipLibCheck: true,
      types: ['node', 'jest'],
    },
    include: ['lib/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', '.projenrc.ts'],
    exclude: ['node_modules', 'build'],
  },
  peerDeps: ['cdk8s@^2.70.0', 'cdk8s-plus-28@^2.5.6', 'constructs@^10.4.2', 'cdktf@^0.21.0', 'cdktn@^0.24.0', '@cdktf/provider-aws@>=20.1.0 <22'],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    'cdk8s@~2.70.106',
    'cdk8s-cli@~2.207.60',
    'cdk8s-plus-28@~2.5.6',
    'constructs@~10.7.2', // cdktn 0.24 wants less than 10.8
    '@cdktf/provider-aws@~20.1.0', // generated from provider 5.100, which the emitted Terraform is validated against
    'cdktf@~0.21.0',
    'cdktn@~0.24.0',
    '@types/jest@^30',
    '@types/node@^20',
    'eslint@^9',
    'fast-check@^4.10.2',
    'jest@~30.2.0',
    'jsii@~6.0.16',
    '@marcbachmann/cel-js@~8.0.0', // the parser of the controls' expressions, and the interpreter that ours is held against; scripts/bundle.js puts it into the package
    'js-yaml@~5.5.0', // a second reader in tests
    'ts-jest@^29.4.15',
    'ts-node@^10.9.2',
    'typescript-eslint@^8',
    'yaml@^2.9.1',
  ],
  jest: false,
  eslint: false,
  github: false,
  release: false,
  package: false,
  depsUpgrade: false,
  buildWorkflow: false,
  sampleCode: false,
  gitignore: ['/build/', '/dist/', '/cdktf.out/', '/.jsii', '/tsconfig.jsii.json', '/tsconfig.tsbuildinfo', '*.tgz', '.DS_Store'],
  npmignoreEnabled: false,
});

// The development dependencies are newer than the oldest peers on purpose, and `namespace` is Kubernetes' own word.
const jsii = 'JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1 jsii --generate-tsconfig tsconfig.jsii.json --silence-warnings reserved-word missing-dev-dependency';
const scripts: Record<string, string> = {
  projen: 'projen',
  bundle: 'node scripts/bundle.js',
  compile: `node -e "fs.rmSync('build', { recursive: true, force: true })" && npm run --silent bundle && ${jsii}`,
  synth: 'npm run --silent compile && cdk8s synth --no-check-upgrade',
  test: 'npm run --silent bundle && tsc && jest',
  judges: 'jest -c jest.judges.config.js',
  bench: 'npm run --silent compile && ts-node --transpile-only bench/main.ts',
  fuzz: 'npm run --silent bundle && jest -c jest.fuzz.config.js',
  docs: 'ts-node --transpile-only scripts/docs.ts',
  lint: 'eslint --max-warnings 0 .',
};
// The commands are those of package.json below; projen's own tasks would be a second set of them.
project.defaultTask?.reset('ts-node --transpile-only .projenrc.ts');
for (const name of ['build', 'package', 'watch', 'test', 'pre-compile', 'compile', 'post-compile', 'clobber', 'eject']) project.removeTask(name);
for (const name of ['build', 'bump', 'clobber', 'compile', 'default', 'eject', 'package', 'post-compile', 'post-upgrade', 'pre-compile', 'test', 'unbump', 'upgrade', 'watch']) {
  project.package.removeScript(name);
}
for (const [name, command] of Object.entries(scripts)) project.package.setScript(name, command);

new IniFile(project, '.npmrc', {
  obj: {
    'ignore-scripts': true, // nothing that is installed here needs to run code while it is
    'omit-lockfile-registry-resolved': true, // the lock file works with whatever registry a machine is set up for
    'fund': false,
    'audit': false,
  },
});

const fields: Record<string, unknown> = {
  // Node resolves the package's own name inside the package by this, so the examples run exactly as a user's program does.
  exports: { '.': './build/index.js', './package.json': './package.json', './.jsii': './.jsii' },
  bin: { 'cdk8s-hardened': 'bin/cdk8s-hardened' },
  files: ['bin/cdk8s-hardened', 'build/**/*.js', 'build/**/*.d.ts', 'build/*/LICENSE', '.jsii', 'CHANGELOG.md'],
  // Whoever only wants Kubernetes never installs the Terraform half.
  peerDependenciesMeta: { 'cdktf': { optional: true }, 'cdktn': { optional: true }, '@cdktf/provider-aws': { optional: true } },
  // Jest's resolver: its newest releases name platform packages that not every registry has, and npm ci wants them all.
  overrides: { 'unrs-resolver': '1.11.1' },
  stability: 'experimental',
  jsii: { outdir: 'dist', targets: {}, tsc: { outDir: 'build', rootDir: 'lib', inlineSourceMap: false, inlineSources: false }, versionFormat: 'full' },
};
for (const [name, value] of Object.entries(fields)) project.package.addField(name, value);

project.synth();
