import { assessmentOf } from './sample-assessment';
import type { Assessment, Exemption } from '../../lib/assessment';
import type { Manifest } from '../../lib/inventory';

/** What may stand in a manifest where a name should, by what it attacks. */
export const HOSTILE: { readonly [attack: string]: string } = {
  'an element': '<script>alert(1)</script>',
  'an image': '"><img src=x onerror=alert(1)>',
  'the end of an attribute': `' onmouseover='alert(1)" onfocus="alert(2)`,
  'the end of CDATA': ']]><!--',
  'a comment': '--><!-- --',
  'an entity': '&lt;b&gt;&#60;&amp;amp;',
  'a cell': 'a | b || c \\| d',
  'backticks': '`a` ``b`` ```c',
  'emphasis': '*a* **b** __c__ ~~d~~ _e_',
  'a link': '[click](https://evil.example) ![x](//evil.example/x.png) <https://evil.example>',
  'an address': 'see https://evil.example or www.evil.example or me@evil.example',
  'a mention': '@octocat @org/team #1 GH-1 !2 $x^2$ :tada:',
  'a heading': '# a',
  'a fence': '```\n</details>\n```',
  'a list': '- a\n1. b\n+ c',
  'a terminal': 'a\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007b\u0007\b\r',
  'a reading direction': 'a\u202ecba\u2066d\u2069\u200f',
  'invisible characters': 'a\u200bb\u00adc\ufeffd\u{e0041}',
  'line breaks': 'a\nb\r\nc\u2028d\u2029e\u0085f',
  'NUL and others that XML forbids': 'a\u0000b\u0001c\ufffed\uffff',
  'a template': '${process.env.SECRET} {{ .Values.x }} #{x} %s %n',
  'half a pair': 'a\ud800b\udc00',
  'emoji': '👩‍👩‍👧 🎉 é ü 漢字',
  'a value of YAML': '*a &b !!c {d: [e]} - "f" : g #h',
  'a document of YAML': 'a\n---\nkind: Secret',
  'a path': '../../etc/passwd?x=%2e#y',
  'blanks': '  ',
  'nothing': '',
  'the prototype': '__proto__',
};

/** A megabyte of it. */
export const LONG = 'x'.repeat(1 << 20);

/** A bad Deployment that bears a text wherever it can bear one, one exempted finding, and one of a control of no catalog. */
export function hostile(text: string): Assessment {
  const container = { name: text, image: text, securityContext: { privileged: true, capabilities: { drop: [text], add: [text] } } };
  const json = {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: text, namespace: text },
    spec: { template: { metadata: { annotations: { [`container.apparmor.security.beta.kubernetes.io/${text}`]: `unconfined${text}` } }, spec: { hostNetwork: true, containers: [container] } } },
  };
  const manifests: Manifest[] = [
    { json, where: `k8s/${text}.yaml`, lineOf: () => 7 },
    { json: { ...json, kind: `${text}a`, apiVersion: text }, where: text },
    { json: { apiVersion: 'v1', kind: 'Secret', metadata: { name: text }, stringData: { [text]: 'hunter2' } }, where: 'k8s/secret.yaml', lineOf: () => 1 },
  ];
  const exemption: Exemption = {
    control: 'pod/no-host-namespaces', reason: text, owner: text, expires: text, ticket: text, where: text,
    manifest: { json: { kind: 'Exemption', metadata: { name: text } }, where: text }, covers: () => true,
  };
  const assessment = assessmentOf(manifests, { today: '', exemptions: [exemption] });
  const known = assessment.objects.map((judged) => ({ ...judged, known: judged.violations.filter(({ control }) => control.startsWith('secret/')) }));
  return { ...assessment, objects: known.map((judged) => ({ ...judged, violations: judged.violations.filter((finding) => !judged.known.includes(finding)) })) };
}

/** The same with a name that attacks nothing. */
export function benign(): Assessment {
  return hostile('a');
}
