import * as fs from 'fs';
import * as path from 'path';
import { FORMATS } from '../../lib/report';

const PAGE = fs.readFileSync(path.join(__dirname, '../../docs/reports.md'), 'utf8');
const EXCERPTS = [...PAGE.matchAll(/^<!-- (\S+) -->\n```\n([^]*?)^```$/gm)].map(([, file, excerpt]): [string, string] => [file, excerpt]);

test.each(EXCERPTS)('docs/reports.md shows what stands in %s', (file, excerpt) => {
  expect(fs.readFileSync(path.join(__dirname, 'golden', file), 'utf8')).toContain(excerpt);
});

test('docs/reports.md has a part about every format, and an excerpt of some', () => {
  expect([...PAGE.matchAll(/^## (\w+)$/gm)].map(([, title]) => title)).toEqual(Object.keys(FORMATS));
  expect(EXCERPTS).toHaveLength(3);
});
