import { ApiObject, App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { object, shop } from './support';
import { HardenedNamespace } from '../../lib/namespace';

describe('an object is named by its path below the namespace', () => {
  test.each<[path: string, kind: string, name: string]>([
    ['web', 'ConfigMap', 'web'],
    ['web/Service', 'ConfigMap', 'web-service'],
    ['web/Resource', 'ConfigMap', 'web'],
    ['web/Default/Resource', 'ConfigMap', 'web'],
    ['Web_Front.end', 'ConfigMap', 'web-front-end'],
    ['-web-', 'ConfigMap', 'web'],
    ['Resource', 'ConfigMap', 'shop'],
    ['日本', 'ConfigMap', 'shop'],
    ['a'.repeat(63), 'ConfigMap', 'a'.repeat(63)],
    ['a'.repeat(64), 'ConfigMap', `${'a'.repeat(54)}-0f3dd7a9`],
    ['a'.repeat(52), 'CronJob', 'a'.repeat(52)],
    ['a'.repeat(53), 'CronJob', `${'a'.repeat(43)}-0f3dd7a9`],
    ['a'.repeat(53), 'StatefulSet', `${'a'.repeat(43)}-0f3dd7a9`],
    [`${'a'.repeat(53)}-${'b'.repeat(20)}`, 'ConfigMap', `${'a'.repeat(53)}-0f3dd7a9`],
  ])('%s, a %s, is %s', (path, kind, name) => {
    const namespace = shop();
    const ids = path.split('/');
    const scope = ids.slice(0, -1).reduce<Construct>((outer, id) => new Construct(outer, id), namespace);
    const named = new ApiObject(scope, ids.at(-1)!, { apiVersion: 'v1', kind }).name;
    expect(named.replace(/-[0-9a-f]{8}$/, '-0f3dd7a9')).toBe(name);
  });

  test('which is the same wherever the namespace stands', () => {
    const elsewhere = new HardenedNamespace(new Construct(new App(), 'stage'), 'shop', { owner: 'team-shop' });
    expect(new kplus.ConfigMap(elsewhere, 'settings').name).toBe('settings');
  });

  test('two that were cut are told apart by a hash of the whole path', () => {
    const namespace = shop();
    const names = ['x', 'y'].map((end) => new ApiObject(namespace, 'a'.repeat(70) + end, { apiVersion: 'v1', kind: 'ConfigMap' }).name);
    expect(names.map((name) => name.length)).toEqual([63, 63]);
    expect(new Set(names).size).toBe(2);
  });

  test('a name that is given is kept', () => {
    const namespace = shop();
    new kplus.ConfigMap(namespace, 'settings', { metadata: { name: 'given' } });
    expect(object(namespace, 'ConfigMap').metadata.name).toBe('given');
  });

  test('objects of different kinds may share a name, those of one kind may not', () => {
    const namespace = shop();
    new kplus.ConfigMap(namespace, 'web');
    new kplus.Secret(namespace, 'Web');
    expect(() => new kplus.ConfigMap(namespace, 'WEB')).toThrow(new Error('shop/WEB/Resource: its name would be "web", as is that of the ConfigMap "shop/web/Resource"; give it another id, or the name in its metadata'));
  });
});
