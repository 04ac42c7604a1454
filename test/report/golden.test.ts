import * as path from 'path';
import { Golden } from '../../lib/golden';
import { Format, FORMATS } from '../../lib/report';
import { sample } from './sample-assessment';

const OPTIONS = { toolVersion: '1.0.0', today: '2026-09-30T12:00:00Z' };
const FILES: { readonly [file: string]: Format } = {
  'report.txt': 'text', 'report.json': 'json', 'report.sarif': 'sarif', 'report.xml': 'junit', 'report.md': 'markdown', 'report.html': 'html', 'report.yaml': 'openreports',
};

test('every format tells of the sample what was reviewed', () => {
  const assessment = sample();
  Golden.ofFiles(Object.fromEntries(Object.entries(FILES).map(([file, format]) => [file, FORMATS[format](assessment, OPTIONS)]))).matches(path.join(__dirname, 'golden'));
});

test('there is a golden of every format', () => {
  expect(Object.values(FILES).sort()).toEqual(Object.keys(FORMATS).sort());
});

test('a second run gives the same bytes', () => {
  for (const format of Object.values(FORMATS)) expect(format(sample(), OPTIONS)).toBe(format(sample(), OPTIONS));
});
