import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { benign, HOSTILE, hostile, LONG } from './hostile';
import { Format, FORMATS } from '../../lib/report';

const OPTIONS = { toolVersion: '1.0.0' };
/** What a terminal obeys, hides or turns round. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/u;
/** Judged once for each text, and reported once for each format. */
const REPORTS = new Map<string, { readonly [format: string]: string }>();
function of(format: Format, text: string): string {
  if (!REPORTS.has(text)) {
    const assessment = hostile(text);
    REPORTS.set(text, Object.fromEntries(Object.entries(FORMATS).map(([name, report]) => [name, report(assessment, OPTIONS)])));
  }
  return REPORTS.get(text)![format];
}
const attacks = Object.entries(HOSTILE);

/** The elements of a text, each with the names of its attributes. */
function elements(text: string): Set<string> {
  return new Set([...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '')));
}

const OURS = Object.fromEntries(Object.keys(FORMATS).map((format) => [format, elements(FORMATS[format as Format](benign(), OPTIONS))]));
/** Those that the benign sample has no use for. */
const RARE = ['<!-- -->', '<br>', '<details>', '<span>', '<failure type message>', '</failure>', '<skipped>', '</skipped>'];
const strangers = (format: Format, text: string) => [...elements(text)].filter((tag) => !OURS[format].has(tag) && !RARE.includes(tag));
/** Markdown without its blocks of code, in which nothing has a meaning. */
const outsideCode = (markdown: string) => markdown.replace(/^(```+)yaml\n[^]*?\n\1$/gm, '');

describe.each(attacks)('%s in every name', (_attack, text) => {
  test.each(Object.keys(FORMATS) as Format[])('%s holds nothing that a terminal obeys', (format) => {
    expect(OBEYED.exec(of(format, text).replaceAll('\n', ''))).toBeNull();
  });

  test('json gives the names back as they are', () => {
    const { objects } = JSON.parse(of('json', text));
    expect(objects[0]).toMatchObject({ file: `k8s/${text}.yaml`, name: text, namespace: text });
    expect(objects[0].exempted[0]).toMatchObject({ reason: text, owner: text, ticket: text });
  });

  test('sarif has no link and no address outside', () => {
    const { runs: [{ results }] } = JSON.parse(of('sarif', text));
    for (const { message, locations: [{ physicalLocation: { artifactLocation: { uri } } }] } of results) {
      expect(message.text).not.toMatch(/\]\(/);
      expect(new URL(uri, 'file:///srv/').protocol).toBe('file:');
    }
  });

  test('junit has no element but ours, and every one is closed', () => {
    expect(strangers('junit', of('junit', text))).toEqual([]);
    const open: string[] = [];
    for (const [, end, tag, , empty] of of('junit', text).matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(tag);
      else if (!empty) open.push(tag);
    }
    expect(open).toEqual([]);
    expect(of('junit', text)).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)/);
  });

  test('html has no element and no attribute but ours', () => {
    expect(strangers('html', of('html', text))).toEqual([]);
  });

  test('markdown has no element but ours, and nothing in it is syntax', () => {
    const markdown = outsideCode(of('markdown', text));
    expect(strangers('markdown', markdown)).toEqual([]);
    for (const line of markdown.split('\n')) {
      const ours = line
        .replace(/^\| --- .*|^#+ .*|^ *- (?=<code>|…)|\*\*|<!-- -->|`--format html`|^\| | \| | \|$|&#\d+;/g, '')
        .replace(/<\/?(code|br|b|details|summary)>/g, '<>').replaceAll('<>', 'x');
      expect(ours).not.toMatch(/[<>`*~|\\[\]@]|:\/\/|www\.|^\s*([-+#=]|\d+[.)])\s/i);
      if (line.startsWith('| ')) expect(line.replace(/<[^>]*>/g, '').match(/\|/g)).toHaveLength(4);
    }
  });

  test('openreports can be read by two readers of YAML, which agree', () => {
    const yaml = of('openreports', text);
    const documents = parseAllDocuments(yaml);
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(documents.map((document) => document.toJS())).toEqual(loadAll(yaml));
    expect(documents.map((document) => document.get('kind')).filter((kind) => kind !== 'Report' && kind !== 'ClusterReport')).toEqual([]);
  });
});

test('what is shown of a name that is a megabyte long is short, save in json', () => {
  const assessment = hostile(LONG);
  const lengths = Object.entries(FORMATS).map(([format, report]): [string, number] => [format, report(assessment, OPTIONS).length]);
  expect(lengths.filter(([, length]) => length > 600_000).map(([format]) => format)).toEqual(['json']);
  expect(JSON.parse(FORMATS.json(assessment, OPTIONS)).objects[0].name).toBe(LONG);
});
