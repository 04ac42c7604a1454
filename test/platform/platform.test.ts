import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Cloud, ClusterDns, Cni, IngressController, Platform, Profile } from '../../lib/platform';

const AWS = { account: '123456789012', region: 'eu-central-1', cluster: 'main' };

describe('the facts are found from a place in the tree', () => {
  test('nearest first', () => {
    const app = new App();
    new Platform(app, 'everywhere', { kubernetesVersion: '1.33' });
    const team = new Chart(app, 'team');
    new Platform(team, 'here', { kubernetesVersion: '1.36' });
    expect(Platform.of(new Construct(team, 'web')).kubernetesVersion).toBe('1.36');
    expect(Platform.of(new Construct(new Chart(app, 'others'), 'web')).kubernetesVersion).toBe('1.33');
  });

  test('without a Platform the portable defaults hold', () => {
    expect(Platform.of(new Chart(new App(), 'team'))).toEqual({
      kubernetesVersion: '1.34', dns: ClusterDns.kubeDns(), ingressController: IngressController.nginx(), registries: [], profile: Profile.RESTRICTED, nodes: {},
    });
  });

  test('a Platform in which nothing is stated says what the defaults say', () => {
    const stated = new Platform(new App(), 'cluster');
    const { kubernetesVersion, dns, ingressController, registries, profile, nodes, cloud, cni } = stated;
    expect({ kubernetesVersion, dns, ingressController, registries, profile, nodes }).toEqual(Platform.of(new App()));
    expect([cloud, cni]).toEqual([undefined, undefined]);
  });
});

test.each([
  ['eu-central-1', 'aws'], ['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov'], ['us-iso-east-1', 'aws-iso'], ['us-isob-east-1', 'aws-iso-b'], ['eusc-de-east-1', 'aws-eusc'],
])('the region %s lies in the partition %s', (region, partition) => {
  expect(Cloud.aws({ ...AWS, region }).awsFacts.partition).toBe(partition);
});

test('a plugin without its policy engine enforces nothing', () => {
  expect([Cni.flannel(), Cni.awsVpc({ networkPolicy: false }), Cni.azure({ networkPolicy: false })].map((cni) => cni.enforcesNetworkPolicy)).toEqual([false, false, false]);
  expect([Cni.calico(), Cni.cilium(), Cni.antrea(), Cni.awsVpc({ networkPolicy: true })].map((cni) => cni.enforcesNetworkPolicy)).toEqual([true, true, true, true]);
});

describe('what cannot be true is refused', () => {
  const platform = (props: object) => () => new Platform(new App(), 'cluster', props);
  test.each<[string, () => unknown, string]>([
    ['a patch release', platform({ kubernetesVersion: '1.31.4' }), 'cluster: kubernetesVersion "1.31.4" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
    ['a leading v', platform({ kubernetesVersion: 'v1.31' }), 'cluster: kubernetesVersion "v1.31" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
    ['latest', platform({ kubernetesVersion: 'latest' }), 'cluster: kubernetesVersion "latest" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
    ['a release to come', platform({ kubernetesVersion: '1.99' }), 'cluster: kubernetesVersion "1.99" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"'],
    ['a registry that others can extend', platform({ registries: ['ghcr.io/acme'] }), 'cluster: registry "ghcr.io/acme" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"'],
    ['a registry with a scheme', platform({ registries: ['https://ghcr.io/'] }), 'cluster: registry "https://ghcr.io/" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"'],
    ['a registry without a host', platform({ registries: ['acme/'] }), 'cluster: registry "acme/" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"'],
    ['an ingress controller in no namespace', platform({ ingressController: IngressController.of({ namespace: '' }) }), 'cluster: the namespace of the ingress controller, "" is not valid; use lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit'],
    ['a profile that there is not', platform({ profile: 'paranoid' }), 'cluster: profile "paranoid" is none; give one of baseline, restricted, strict'],
    ['an API server at no address', platform({ apiServer: { cidrs: [] } }), 'cluster: apiServer.cidrs is empty; give the addresses that "kubectl get endpointslices -n default" lists, or leave apiServer out'],
    ['an API server at no port', platform({ apiServer: { cidrs: ['10.0.0.1/32'], ports: [0] } }), 'cluster: apiServer.ports has 0; give whole numbers from 1 to 65535'],
    ['an API server for nobody', platform({ apiServer: { cidrs: ['10.0.0.1/32'], audience: '' } }), 'cluster: apiServer.audience is empty; give the audience, or leave it out'],
    ['a short account', () => Cloud.aws({ ...AWS, account: '123' }), 'Cloud.aws: account "123" is not valid; give the twelve digits of the account'],
    ['a zone for a region', () => Cloud.aws({ ...AWS, region: 'eu-central-1a' }), 'Cloud.aws: region "eu-central-1a" is not valid; give a region such as "eu-central-1"'],
    ['a cluster of blanks', () => Cloud.aws({ ...AWS, cluster: 'my cluster' }), 'Cloud.aws: cluster "my cluster" is not valid; give the cluster\'s name: letters, digits, "-" and "_"'],
    ['an unresolved cluster', () => Cloud.aws({ ...AWS, cluster: '${TfToken[TOKEN.0]}' }), 'Cloud.aws: cluster "${TfToken[TOKEN.0]}" is not valid; give the cluster\'s name: letters, digits, "-" and "_"'],
    ['an issuer without https', () => Cloud.aws({ ...AWS, oidcIssuer: 'oidc.eks.eu-central-1.amazonaws.com/id/A' }), 'Cloud.aws: oidcIssuer "oidc.eks.eu-central-1.amazonaws.com/id/A" is not valid; give the issuer with "https://" and without a trailing slash, as "aws eks describe-cluster" prints it'],
    ['an issuer with a slash at its end', () => Cloud.aws({ ...AWS, oidcIssuer: 'https://oidc.example.com/id/A/' }), 'Cloud.aws: oidcIssuer "https://oidc.example.com/id/A/" is not valid; give the issuer with "https://" and without a trailing slash, as "aws eks describe-cluster" prints it'],
    ['an unknown partition', () => Cloud.aws({ ...AWS, partition: 'azure' }), 'Cloud.aws: partition "azure" is not valid; give one of aws, aws-cn, aws-us-gov, aws-iso-b, aws-iso, aws-eusc'],
  ])('%s', (_name, build, message) => {
    expect(build).toThrow(new Error(message));
  });

  test('two Platforms in one scope', () => {
    const app = new App();
    new Platform(app, 'one');
    expect(() => new Platform(app, 'two')).toThrow(new Error('two: its scope has a Platform already, "one"; state all facts in one, or put this one into the scope of the constructs it is for'));
  });

  test('a Platform that comes after what it is for', () => {
    const app = new App();
    Platform.of(new Construct(new Chart(app, 'team'), 'web'));
    expect(() => new Platform(app, 'late')).toThrow(new Error('late: "team/web" was built before it and without its facts; create the Platform before the constructs it is for'));
    new Platform(new Chart(app, 'others'), 'in-time');
  });

  test('several wrong facts are named at once', () => {
    expect(platform({ kubernetesVersion: '2.0', registries: ['x'] })).toThrow(new Error([
      'cluster: kubernetesVersion "2.0" is no release this library knows; give the minor release as "1.N", up to "1.37", such as "1.34"',
      'cluster: registry "x" is not valid; give a host, or a host and a path, in lower case and ending in "/", such as "ghcr.io/acme/"',
    ].join('\n')));
  });
});
