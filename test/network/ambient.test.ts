import * as kplus from 'cdk8s-plus-28';
import { deployment, DNS, pods, policies, shop } from './support';
import { Peer, Port } from '../../lib/network';
import { ServiceMesh } from '../../lib/platform';

const HBONE = { protocol: 'TCP', port: 15008 };

describe('in an ambient mesh', () => {
  const ambient = () => shop({ mesh: ServiceMesh.istioAmbient() });

  test('flows between pods may take the tunnel, both ways', () => {
    const { chart, network } = ambient();
    const [web, api] = [deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 })];
    network.allow(web, api);
    expect(policies(chart).web.spec.egress).toEqual([DNS, { to: [pods(api)], ports: [{ protocol: 'TCP', port: 8080 }, HBONE] }]);
    expect(policies(chart).api.spec.ingress).toEqual([{ from: [pods(web)], ports: [{ protocol: 'TCP', port: 8080 }, HBONE] }]);
  });

  test('flows of UDP alone, and flows to addresses, do not: the tunnel carries TCP between pods', () => {
    const { chart, network } = ambient();
    const [web, dns] = [deployment(chart, 'web'), deployment(chart, 'dns', { number: 5353, protocol: kplus.Protocol.UDP })];
    network.allow(web, dns);
    network.allow(web, Peer.internet(), [Port.tcp(443)]);
    expect(JSON.stringify(policies(chart))).not.toContain('15008');
  });

  test('the probes of the kubelet reach every pod', () => {
    expect(policies(ambient().chart)['allow-mesh-probes'].spec).toEqual({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] }] });
  });
});

test('without one nothing of it is there', () => {
  const { chart, network } = shop({ mesh: ServiceMesh.istio({ cniPlugin: true }) });
  network.allow(deployment(chart, 'web'), deployment(chart, 'api', { number: 8080 }));
  expect(Object.keys(policies(chart))).toEqual(['default-deny', 'allow-dns', 'web', 'api']);
  expect(JSON.stringify(policies(chart))).not.toContain('15008');
});
