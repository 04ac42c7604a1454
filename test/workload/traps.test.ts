import { App, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HardenedNamespace } from '../../lib/namespace';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';
import { IMAGE, manifestOf, podOf, shop, synthesized, WEB } from './shop';

/** The traps of cdk8s-plus-28 that are about workloads, by their number in the list of sixteen. */
describe('trap', () => {
  test('1: a part of `resources` does not take the rest away', () => {
    const limits = (resources: kplus.ContainerResources) => Object.keys(podOf(new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, resources }] })).containers[0].resources?.limits ?? {});
    expect(limits({ cpu: { request: kplus.Cpu.millis(1) } })).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    expect(limits({})).toEqual(['cpu', 'ephemeral-storage', 'memory']);
  });

  test.each<[string, Partial<kplus.ContainerProps>]>([
    ['a host port', { ports: [{ number: 9090, hostPort: 9090 }] }],
    ['root beside non-root', { securityContext: { user: 0 } }],
    ['privileged beside no escalation', { securityContext: { privileged: true } }],
    ['an image of any kind', { image: 'nginx' }],
  ])('2: %s is not accepted in silence', (_, container) => {
    expect(() => new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, ...container }] })).toThrow(/^shop\/web: container "main": /);
  });

  test.each<[string, (volume: kplus.Volume) => Partial<SecureDeploymentProps>]>([
    ['the host\'s network', () => ({ containers: [WEB], hostNetwork: true })],
    ['the host\'s root', (volume) => ({ containers: [{ ...WEB, volumeMounts: [{ path: '/host', volume }] }] })],
  ])('2: %s does not reach a manifest', (_, props) => {
    const charts = shop();
    const web = new SecureDeployment(charts, 'web', props(kplus.Volume.fromHostPath(charts, 'root', 'root', { path: '/' })));
    expect(() => synthesized(web, 'Deployment')).toThrow('Validation failed');
  });

  test('3: policies of workloads that allow one peer have names of their own, without hashes', () => {
    const namespace = new HardenedNamespace(new App(), 'shop', { owner: 'team-shop' });
    const [web, api, db] = ['web', 'api', 'db'].map((id) => new SecureDeployment(namespace, id, { containers: [WEB] }));
    namespace.network.allow(web, db);
    namespace.network.allow(api, db);
    const names = synthesized(web, 'NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(names.sort()).toEqual(['allow-dns', 'api', 'db', 'default-deny', 'web']);
  });

  test('4: a flow to a workload without ports is refused, and not opened on all', () => {
    const namespace = new HardenedNamespace(new App(), 'shop', { owner: 'team-shop' });
    const [web, worker] = [new SecureDeployment(namespace, 'web', { containers: [WEB] }), new SecureDeployment(namespace, 'worker', { containers: [{ image: IMAGE }] })];
    expect(() => namespace.network.allow(web, worker)).toThrow('port');
  });

  test('11: what is bound is the workload\'s own account, with the namespace, and never the default one', () => {
    const charts = shop();
    const plain = new SecureDeployment(charts, 'web', { containers: [WEB] });
    const imported = new SecureDeployment(charts, 'api', { containers: [WEB], serviceAccount: kplus.ServiceAccount.fromServiceAccountName(charts, 'account', 'reader') });
    const role = new kplus.Role(charts, 'role');
    role.allowRead(kplus.ApiResource.CONFIG_MAPS);
    expect(manifestOf(role.bind(plain, imported)).subjects).toEqual(['web', 'reader'].map((name) => ({ kind: 'ServiceAccount', apiGroup: '', name, namespace: 'shop' })));
  });

  test('14: `spread: true` does not leave a second replica waiting for a second zone', () => {
    const pod = podOf(new SecureDeployment(shop(), 'web', { containers: [WEB], spread: true }));
    expect(JSON.stringify(pod)).not.toContain('required');
    expect(JSON.stringify(pod)).not.toContain('DoNotSchedule');
    expect(pod.affinity).toBeDefined();
  });

  test('16: a Terraform token does not reach a manifest in the name of an image or a workload', () => {
    expect(() => new SecureDeployment(shop(), 'web', { containers: [{ image: '${TfToken[TOKEN.0]}' }] })).toThrow('holds a Terraform token');
    expect(() => new SecureDeployment(shop(), 'web', { containers: [WEB], metadata: { name: '${TfToken[TOKEN.0]}' } })).toThrow('is a Terraform token');
    expect(() => new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, name: '${TfToken[TOKEN.0]}' }] })).toThrow('is a Terraform token');
  });

  test('beyond the list: sizes that are not whole Gi or Mi can be written', () => {
    const resources = { ephemeralStorage: { limit: Size.mebibytes(256) } };
    expect(podOf(new SecureDeployment(shop(), 'web', { containers: [{ ...WEB, resources }] })).containers[0].resources?.limits).toMatchObject({ 'ephemeral-storage': '256Mi' });
  });
});
