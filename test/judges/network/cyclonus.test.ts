import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Protocol } from '../../../lib/proofs/reachability';
import { namespace, policy, reach } from '../../proofs/support';

/**
 * The conformance cases of cyclonus, with what its own matcher says of them. It lets an ipBlock match a pod by the pod's address, which
 * is an option of the engine.
 */
const MODULE = 'github.com/mattfenwick/cyclonus@v0.5.6';

interface Step {
  readonly case: string;
  readonly step: number;
  readonly namespaces: { readonly [name: string]: { readonly [label: string]: string } };
  readonly pods: readonly { readonly namespace: string; readonly name: string; readonly labels: object; readonly ip: string }[];
  readonly policies: readonly { readonly metadata: { readonly name: string; readonly namespace: string }; readonly spec: object }[] | null;
  readonly allowed: readonly { readonly source: number; readonly destination: number; readonly port: number }[];
}

interface Table {
  readonly ports: readonly { readonly number: number; readonly name: string; readonly protocol: Protocol }[];
  readonly steps: readonly Step[];
}

const table = simulated();
(table ? describe : describe.skip)(`every case of ${MODULE} comes out as its matcher has it`, () => {
  test('the table is whole', () => {
    expect([table!.steps.length, new Set(table!.steps.map((step) => step.case)).size]).toEqual([512, 194]);
  });

  test.each((table?.steps ?? []).map((step): [string, number, Step] => [step.case, step.step, step]))('%s, step %i', (_case, _step, step) => {
    const { ports } = table!;
    const answer = reach(manifestsOf(step, ports), { ipBlocksMatchPods: true });
    expect(answer.policies.faults).toEqual([]);
    const places = step.pods.map(({ namespace: of, name }) => answer.sources.findIndex(({ label }) => label === `${of}/${name}[Pod]`));
    const destinations = places.map((place) => answer.destinationOf(place));
    const found = places.flatMap((source, i) => destinations.flatMap((destination, j) => i === j ? [] : ports.flatMap(({ protocol, number }, k) =>
      answer.ports.has(answer.connection(source, destination), protocol, number) ? [`${i} ${j} ${k}`] : [])));
    expect(found).toEqual((step.allowed ?? []).filter(({ source, destination }) => source !== destination).map(({ source, destination, port }) => `${source} ${destination} ${port}`));
  });
});

function manifestsOf({ namespaces, pods, policies }: Step, ports: Table['ports']): unknown[] {
  const containers = ports.map(({ number, name, protocol }) => ({ name, image: 'agnhost', ports: [{ containerPort: number, name, protocol }] }));
  return [
    ...Object.entries(namespaces).map(([name, labels]) => namespace(name, labels)),
    ...pods.map(({ namespace: of, name, labels, ip }) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: of, labels }, spec: { containers }, status: { podIP: ip } })),
    ...(policies ?? []).map(({ metadata, spec }) => policy(`${metadata.namespace}/${metadata.name}`, spec as never)),
  ];
}

/** What cyclonus/main.go writes, built with the module in a folder of its own; undefined, with a word, where that cannot be. */
function simulated(): Table | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cyclonus.'));
  try {
    fs.copyFileSync(path.join(__dirname, 'cyclonus/main.go'), path.join(folder, 'main.go'));
    const go = (...args: string[]) => execFileSync('go', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 500_000, maxBuffer: 1 << 28, env: { ...process.env, GOFLAGS: '-mod=mod' } });
    go('mod', 'init', 'cases');
    go('get', MODULE);
    return JSON.parse(go('run', '.'));
  } catch (error) {
    process.stderr.write(`skipped: the cases of cyclonus need the go tool and its module proxy (${String((error as Error).message).split('\n')[0]})\n`);
    return undefined;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
