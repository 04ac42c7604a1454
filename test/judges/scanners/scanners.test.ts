import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';
import { Complaint, installed, Scanner, SCANNERS } from './scanners';

/** What scanners say against the examples all the same, and why it cannot be met. */
interface Contradiction extends Complaint {
  readonly scanner: string;
  readonly reason: string;
}

const EXAMPLES = path.join(__dirname, '../../../examples');
const CONTRADICTIONS: Contradiction[] = parse(fs.readFileSync(path.join(__dirname, 'contradictions.yaml'), 'utf8'));
const BAD = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: bad, namespace: shop}
spec:
  selector: {matchLabels: {app: bad}}
  template:
    metadata: {labels: {app: bad}}
    spec:
      hostNetwork: true
      containers: [{name: bad, image: 'nginx:latest', securityContext: {privileged: true}}]
`;

const lines = (complaints: readonly Complaint[]) => complaints.map(({ check, object }) => `${check}: ${object}`).sort();

/** Each golden manifest of the examples under a name of its own, and nothing else, as scanners read whatever they meet. */
function goldens(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goldens.'));
  for (const example of fs.readdirSync(EXAMPLES)) {
    const golden = path.join(EXAMPLES, example, 'golden');
    if (!fs.existsSync(golden)) continue;
    for (const file of fs.readdirSync(golden).filter((each) => each.endsWith('.yaml'))) fs.copyFileSync(path.join(golden, file), path.join(folder, `${example}-${file}`));
  }
  return folder;
}

test('every contradiction has a scanner and a reason', () => {
  for (const { scanner, reason } of CONTRADICTIONS) {
    expect(SCANNERS.map(({ name }) => name)).toContain(scanner);
    expect(reason).toMatch(/\S/);
  }
});

describe.each(SCANNERS.map((scanner): [string, Scanner] => [scanner.name, scanner]))('%s, as it comes', (name, scanner) => {
  const judge = installed(scanner) ? test : test.skip;
  if (!installed(scanner)) process.stderr.write(`skipped: ${name} is not on the PATH; .ci/scanners installs it\n`);

  judge('finds nothing in the examples but what is listed, and all of that', () => {
    const folder = goldens();
    try {
      const known = CONTRADICTIONS.filter((each) => each.scanner === name);
      const anywhere = new Set(known.filter(({ object }) => object === '*').map(({ check }) => check));
      const said = scanner.scan(folder).map((each) => anywhere.has(each.check) ? { ...each, object: '*' } : each);
      expect(lines(said)).toEqual(lines(known));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  judge('looks: it finds something in a bad Deployment', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bad.'));
    try {
      fs.writeFileSync(path.join(folder, 'bad.yaml'), BAD);
      expect(scanner.scan(folder).length).toBeGreaterThan(4);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
