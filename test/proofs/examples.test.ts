import * as fs from 'fs';
import * as path from 'path';
import { readPaths } from '../../lib/gates/cli/read-paths';
import { inventoryOf } from '../../lib/inventory';
import { caveatsOf, reachabilityOf, writeLines } from '../../lib/proofs/reachability';
import { graphOf, mermaidText } from '../../lib/report/connectivity';

const EXAMPLES = path.join(__dirname, '../../examples');

describe.each(['payments', 'data-processor'])('%s', (example) => {
  const folder = path.join(EXAMPLES, example, 'golden');
  const { manifests } = readPaths([folder], { stdin: () => Buffer.alloc(0) });
  const inventory = inventoryOf(manifests);
  const reach = reachabilityOf(inventory);

  /** UPDATE_GOLDEN=1 accepts a change, as for all goldens. */
  function held(name: string, text: string): string {
    const file = path.join(folder, name);
    if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, text);
    return fs.readFileSync(file, 'utf8');
  }

  test('reaches whom it was reviewed to reach, and nobody else', () => {
    let lines = '';
    writeLines(reach, (text) => lines += text);
    expect(lines).toBe(held('connectivity.txt', lines));
  });

  test('is drawn as the picture shows it', () => {
    const picture = mermaidText(graphOf(reach));
    expect(picture).toBe(held('connectivity.mmd', picture));
  });

  test('has no policy that is refused', () => {
    expect([reach.policies.faults, caveatsOf(inventory, reach).filter(({ topic }) => topic !== 'address-of-pod' && topic !== 'unmodelled-policy')]).toEqual([[], []]);
  });
});
