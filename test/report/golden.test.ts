import * as path from 'path';
import { Golden } from '../../lib/golden';
import { FORMATS } from '../../lib/report';
import { sample } from './sample-assessment';

const OPTIONS = { toolVersion: '1.0.0', today: '2026-09-30T12:00:00Z' };
const ENDINGS = { text: 'txt', json: 'json' };

test('every format tells of the sample what was reviewed', () => {
  const assessment = sample();
  Golden.ofFiles(Object.fromEntries(Object.entries(ENDINGS).map(([format, ending]) => [`report.${ending}`, FORMATS[format as keyof typeof ENDINGS](assessment, OPTIONS)])))
    .matches(path.join(__dirname, 'golden'));
});
