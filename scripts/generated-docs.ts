import { CATALOG, Control, FRAMEWORKS } from '../lib/controls';
import { COMMANDS } from '../lib/gates/cli/commands';
import { helpOf, overview } from '../lib/gates/cli/help';
import { CATALOG_FORMATS, controlPage } from '../lib/report';

/** The pages of docs/ that come from the code, whole: those that do so in part are read first. */
export function generatedDocs(read: (file: string) => string): ReadonlyMap<string, string> {
  return new Map([['controls.md', controlsPage()], ['cli.md', withHelp(read('cli.md'))]]);
}

/** The help of each command, between the markers `<!-- help NAME -->` and `<!-- /help -->`. */
function withHelp(page: string): string {
  return page.replace(/(<!-- help( \w+)? -->\n)[^]*?(<!-- \/help -->)/g, (_, start: string, name: string | undefined, end: string) => {
    const command = COMMANDS.find((each) => each.name === name?.trim());
    if (name && !command) throw new Error(`docs/cli.md: there is no command ${JSON.stringify(name.trim())}; take its marker out`);
    return `${start}\`\`\`\n${command ? helpOf(command) : overview(COMMANDS)}\`\`\`\n${end}`;
  });
}

const FAMILIES: { readonly [family: string]: string } = {
  pod: 'Pods', secret: 'Secrets', object: 'All objects', rbac: 'Roles and bindings', service: 'Services', ingress: 'Ingresses', gateway: 'Gateways', network: 'Network policies',
  namespace: 'Namespaces', account: 'Service accounts', workload: 'Workloads', webhook: 'Webhooks', cluster: 'The cluster\'s own configuration',
};

function controlsPage(): string {
  const families = [...new Set(CATALOG.map(familyOf))];
  return [
    '# Controls', '',
    `<!-- Written by "npm run docs" from lib/controls; change it there. -->`, '',
    `${CATALOG.length} controls. \`cdk8s-hardened explain ID\` prints each of these pages, also by the id that another scanner or a benchmark has for it.`, '',
    'A profile asks for all that the ones before it ask: `baseline` for what no object can do without, `restricted` for what Pod Security, CIS, NSA/CISA and OWASP ask of manifests,',
    '`strict` for all that scanners ask.', '',
    ...families.flatMap((family) => [`## ${headingOf(family)}`, '', CATALOG_FORMATS.markdown(CATALOG.filter((control) => familyOf(control) === family))]),
    ...frameworkTables(),
    '## Each control', '',
    CATALOG.map((control) => controlPage(control, 3)).join('\n'),
  ].join('\n');
}

function familyOf({ id }: Control): string {
  return id.split('/')[0];
}

function headingOf(family: string): string {
  return FAMILIES[family] ?? `${family.charAt(0).toUpperCase()}${family.slice(1)}`;
}

/** Who asks for what: an entry of a framework a row. */
function frameworkTables(): string[] {
  const tables = [['pss', 'Pod Security'], ['cis', 'CIS Kubernetes Benchmark 1.12'], ['nsa', 'NSA/CISA Kubernetes Hardening Guide 1.2'], ['owasp', 'OWASP Kubernetes Top 10']] as const;
  return tables.flatMap(([key, name]) => {
    const idsOf = ({ frameworks }: Control) => [frameworks[key] ?? []].flat();
    const titles = key === 'pss' ? {} : FRAMEWORKS[key];
    const ids = [...new Set(CATALOG.flatMap(idsOf))].sort(byNumbers);
    const rows = ids.map((id) => `| ${id} | ${titles[id] ?? ''} | ${CATALOG.filter((control) => idsOf(control).includes(id)).map((control) => `\`${control.id}\``).join(', ')} |`);
    return [`## ${name}`, '', '| id | | controls |', '|---|---|---|', ...rows, ''];
  });
}

/** 5.2.10 comes after 5.2.9. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((id) => id.replace(/\d+/g, (digits) => digits.padStart(4, '0')));
  return left < right ? -1 : 1;
}
