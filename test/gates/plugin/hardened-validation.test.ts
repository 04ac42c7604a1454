import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { HardenedValidation, HardenedValidationProps, ValidationViolation } from '../../../lib';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers: [{name: app, image: registry.example.com/web:1.0, securityContext: {privileged: true}}]
`;

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugin.')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

async function reported(yaml: string, properties = {}) {
  const file = path.join(folder, 'shop.k8s.yaml');
  fs.writeFileSync(file, yaml);
  const violations: ValidationViolation[] = [];
  let status = '';
  const report = { addViolation: (violation: ValidationViolation) => void violations.push(violation), submit: (said: string) => { status = said; } };
  await new HardenedValidation(properties).validate({ manifests: [file], report });
  return { status, violations, file };
}

test('a rule that is broken is reported with its object, its field and how to mend it', async () => {
  const { status, violations, file } = await reported(POD, { framework: 'pss-baseline' });
  expect(status).toBe('failure');
  expect(violations).toEqual([{
    ruleName: 'pod/no-privileged', recommendation: 'Containers are not privileged', fix: 'Leave `privileged` out; give the one capability or device that is needed.',
    violatingResources: [{ resourceName: 'web', manifestPath: file, locations: ['spec.containers[0].securityContext.privileged: securityContext.privileged is true, but privileged must not be true'] }],
  }]);
});

test('what complies succeeds', async () => {
  expect(await reported(POD.replace('true', 'false'), { framework: 'pss-baseline' })).toMatchObject({ status: 'success', violations: [] });
});

test('what cannot be read is no success', async () => {
  expect(await reported('a: [1', { profile: 'baseline' })).toMatchObject({ status: 'failure', violations: [{ ruleName: 'unreadable' }] });
});

test.each<[object, string]>([
  [{ profil: 'strict' }, 'HardenedValidation: there is no property "profil"; did you mean "profile"?'],
  [{ profile: 'strickt' }, 'HardenedValidation: profile "strickt" is none; did you mean "strict"?'],
])('%p is refused', (properties, message) => {
  expect(() => new HardenedValidation(properties as HardenedValidationProps)).toThrow(new Error(message));
});
