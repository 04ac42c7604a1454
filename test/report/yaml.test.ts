import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { yamlDocument, yamlScalar, YamlMap, YamlValue } from '../../lib/report/yaml';

const TRICKY = ['yes', 'No', 'ON', 'off', 'y', 'n', 'null', 'True', 'FALSE', '~', '', ' ', '- a', '#', 'a #b', 'a: b', 'a:', '? a', '&a', '*a', '!a', '%a', '@a', '`a', '{', '[', '1', '1e3', '0x1f', '0o7', '1:30',
  '2026-09-30', '.inf', 'NaN', 'inf', '=', '<<', '---', '...', '"', "'", '\\', 'a\nb', 'é', '🎉', 'a - b', 'a, b', 'x'.repeat(500), '__proto__'];

test.each(TRICKY)('%j is read back as a text by readers of YAML 1.1 and 1.2', (text) => {
  const document = yamlDocument({ text });
  expect([load(document), parse(document), parse(document, { version: '1.1' })]).toEqual([{ text }, { text }, { text }]);
});

test('a plain text stands as it is', () => {
  expect(['apps/v1', 'Deployment', 'team-shop', 'it reads counters (all of them)'].map(yamlScalar)).toEqual(['apps/v1', 'Deployment', 'team-shop', 'it reads counters (all of them)']);
});

test('any value is read back as it was', () => {
  const scalar = fc.oneof(fc.string(), fc.constantFrom(...TRICKY), fc.integer(), fc.boolean());
  const { map } = fc.letrec<{ map: YamlMap; value: YamlValue }>((tie) => ({
    map: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b-c', '- d', 'true')).filter((key) => key !== '__proto__'), tie('value'), { noNullPrototype: true, maxKeys: 4 }),
    value: fc.oneof({ depthSize: 'small' }, scalar, tie('map'), fc.array(tie('value'), { maxLength: 4 })),
  }));
  fc.assert(fc.property(map, (value) => {
    const document = yamlDocument(value);
    expect(load(document) ?? {}).toEqual(value);
    expect(parse(document) ?? {}).toEqual(value);
  }), { numRuns: 300 });
});
