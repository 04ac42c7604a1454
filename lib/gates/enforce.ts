import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SynthGate } from './synth-gate';

/** Where a tree's root keeps its gate; shared by all copies of this library, so that two do not judge a tree twice. */
const GATE = Symbol.for('cdk8s-hardened.SynthGate');

/**
 * Turns the synth gate on for the tree a construct stands in. Every construct of this library does so; the first one counts. From
 * then on `app.synth()`, `app.synthYaml()`, `Testing.synth()` and `cdk8s synth` fail on whatever object of the tree is weaker than
 * Pod Security's restricted level, and write nothing.
 */
export function enforce(scope: IConstruct): void {
  const root = scope.node.root;
  if (GATE in root) return;
  const gate = new SynthGate(root);
  Object.defineProperty(root, GATE, { value: gate });
  root.node.addValidation({ validate: () => gate.validate() });
  if (isApp(root)) {
    for (const [method, output] of [['synth', 'files'], ['synthYaml', 'text']] as const) {
      const synth = root[method] as () => void;
      Object.defineProperty(root, method, { value: () => gate.during(output, () => synth.call(root)), configurable: true, enumerable: false, writable: true });
    }
  }
}

/** By what it has, since an App of another copy of cdk8s is one too. */
function isApp(root: IConstruct): root is App {
  return typeof (root as App).synthYaml === 'function' && typeof (root as App).synth === 'function';
}
