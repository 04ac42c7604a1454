import { execFileSync } from 'child_process';
import { dotText, graphOf } from '../../../lib/report/connectivity';
import { policy, reach, workload } from '../../proofs/support';

const HOSTILE = '"]<b>&\'\\ end';

/** Graphviz draws what it can read, and fails on what it cannot. */
const draw = (text: string) => execFileSync('dot', ['-Tsvg'], { input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
const hasGraphviz = (() => {
  try {
    draw('digraph {}');
    return true;
  } catch {
    process.stderr.write('skipped: the drawings need Graphviz\' dot on the PATH\n');
    return false;
  }
})();

(hasGraphviz ? describe : describe.skip)('Graphviz draws', () => {
  test('workloads, names that are hostile among them, and their connections', () => {
    const svg = draw(dotText(graphOf(reach([
      workload('shop/web', { app: 'web' }), { ...workload('shop/db'), metadata: { name: HOSTILE, namespace: HOSTILE } },
      policy('shop/web', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 80 }] }] }),
    ]))));
    expect(svg).toContain('>&quot;]&lt;b&gt;&amp;&#39;\\ end</text>');
    expect(svg.match(/class="edge"/g)).toHaveLength(5);
  });

  test('and refuses what is no drawing', () => {
    expect(() => draw('digraph { a -> [ }')).toThrow();
  });
});
