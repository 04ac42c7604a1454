import * as fs from 'fs';
import * as path from 'path';
import { CATALOG } from '../lib/controls';
import { COMMANDS } from '../lib/gates/cli/commands';
import { generatedDocs } from '../scripts/generated-docs';

const DOCS = path.join(__dirname, '../docs');
const read = (file: string) => fs.readFileSync(path.join(DOCS, file), 'utf8');
const GENERATED = generatedDocs(read);

test.each([...GENERATED])('docs/%s is what the code says', (file, text) => {
  // The whole difference would be longer than what to do about it.
  if (!fs.existsSync(path.join(DOCS, file)) || read(file) !== text) throw new Error(`docs/${file} is stale; run npm run docs`);
});

test('every control has its page, and every command its help', () => {
  for (const { id } of CATALOG) expect(GENERATED.get('controls.md')).toContain(`\n### ${id}\n`);
  for (const { name } of COMMANDS) expect(GENERATED.get('cli.md')).toContain(`usage: cdk8s-hardened ${name} `);
});

test('every link within the catalog leads to a page', () => {
  const page = GENERATED.get('controls.md')!;
  const headings = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => `#${heading.toLowerCase().replace(/[^a-z0-9 _-]/g, '').replace(/ /g, '-')}`));
  const links = [...page.matchAll(/\]\((#[^)]*)\)/g)].map(([, link]) => link);
  expect(links).toHaveLength(CATALOG.length);
  expect(links.filter((link) => !headings.has(link))).toEqual([]);
});

test('a marker of a command that is gone is refused', () => {
  expect(() => generatedDocs(() => '<!-- help gone -->\n<!-- /help -->')).toThrow(new Error('docs/cli.md: there is no command "gone"; take its marker out'));
});
