import type { InventoryControl, ObjectControl } from './control';
import { ABSENT, either, flagsOff } from './flag-demand';
import { staticPod } from './flag-row';

const HARDENING = { nsa: ['Control plane hardening'], owasp: ['K06', 'K07'], nist: ['800-53 CM-7', '800-53 SC-7'], cis: ['4.3.1'], kubescape: ['C-0291'] };

/** kube-proxy, by its configuration. */
export const PROXY: readonly ObjectControl[] = [
  {
    id: 'proxy/loopback-metrics', title: 'Metrics of kube-proxy are served on loopback alone', severity: 'low', level: 'restricted', on: ['kubeproxy.config.k8s.io/KubeProxyConfiguration'],
    frameworks: HARDENING,
    cel: "object.?metricsBindAddress.orValue('').matches('^$|^127\\\\.[0-9.]+(:[0-9]+)?$|^\\\\[?::1\\\\]?(:[0-9]+)?$|^localhost(:[0-9]+)?$')",
    message: 'metricsBindAddress must be of loopback, or absent, which is 127.0.0.1',
    remediation: 'Take it out, or set `127.0.0.1:10249`.',
    snippet: 'metricsBindAddress: 127.0.0.1:10249',
    at: 'metricsBindAddress',
    allowed: { 'nothing said': undefined, 'loopback': '127.0.0.1:10249', 'of IPv6': '[::1]:10249', 'empty': '' },
    denied: { 'every address': '0.0.0.0:10249', 'of IPv6': '[::]:10249', 'a node\'s address': '10.0.0.1:10249', 'no address': ':10249' },
  },
];

/** kube-proxy, by its flags. */
export const PROXY_FLAGS: readonly InventoryControl[] = [
  {
    id: 'proxy/loopback-metrics-flag', title: 'Metrics of kube-proxy are served on loopback alone, by its flags too', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: HARDENING,
    judge: flagsOff('kube-proxy', ['metrics-bind-address'], either(ABSENT, (value) => /^(127\.[0-9.]+|\[?::1\]?|localhost)(:\d+)?$/.test(value!))),
    message: 'metrics-bind-address must be of loopback, or absent, which is 127.0.0.1',
    remediation: 'Take the flag away, or set `--metrics-bind-address=127.0.0.1:10249`.',
    allowed: { 'nothing said': staticPod('kube-proxy', '--config=/config.conf'), 'loopback': staticPod('kube-proxy', '--metrics-bind-address=127.0.0.1:10249') },
    denied: { 'every address': staticPod('kube-proxy', '--metrics-bind-address=0.0.0.0:10249'), 'in two words': staticPod('kube-proxy', '--metrics-bind-address', '0.0.0.0') },
  },
];
