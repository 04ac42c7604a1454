import type { InventoryControl } from './control';
import { FALSE, flagsOff, LOOPBACK } from './flag-demand';
import { byKubeadm, staticPod } from './flag-row';

const SCHEDULER_NAME = 'kube-scheduler';
const scheduler = (...flags: string[]) => staticPod(SCHEDULER_NAME, ...flags);
const kubeadm = (args: { readonly [flag: string]: string } = {}) => byKubeadm(SCHEDULER_NAME, args);
const HARDENING = { nsa: ['Control plane hardening'], owasp: ['K07'], nist: ['800-53 CM-6', '800-53 CM-7'] };
const EXTRA_ARGS = (name: string, value: string) => `scheduler:\n  extraArgs:\n  - {name: ${name}, value: "${value}"}`;

/** The scheduler, by its flags in static pods and in kubeadm's configuration. */
export const SCHEDULER: readonly InventoryControl[] = [
  {
    id: 'scheduler/no-profiling', title: 'The scheduler serves no profiles', severity: 'low', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, cis: ['1.4.1'], checkov: ['CKV_K8S_114'], kubescape: ['C-0151'] },
    judge: flagsOff(SCHEDULER_NAME, ['profiling'], FALSE),
    message: 'profiling must be false',
    remediation: 'Set `--profiling=false`.',
    snippet: EXTRA_ARGS('profiling', 'false'),
    allowed: { 'false': scheduler('--profiling=false'), 'by kubeadm': kubeadm({ profiling: 'false' }) },
    denied: { 'nothing said': scheduler(), 'true': scheduler('--profiling=true'), 'left to kubeadm': kubeadm() },
  },
  {
    id: 'scheduler/loopback', title: 'The scheduler listens on loopback alone', severity: 'medium', level: 'restricted', on: 'inventory',
    frameworks: { ...HARDENING, owasp: ['K06', 'K07'], nist: ['800-53 CM-7', '800-53 SC-7'], cis: ['1.4.2'], checkov: ['CKV_K8S_115'], kubescape: ['C-0152'] },
    judge: flagsOff(SCHEDULER_NAME, ['bind-address'], LOOPBACK),
    message: 'bind-address must be 127.0.0.1 or ::1; without it every address of the node is served',
    remediation: 'Set `--bind-address=127.0.0.1`.',
    snippet: EXTRA_ARGS('bind-address', '127.0.0.1'),
    allowed: { 'loopback': scheduler('--bind-address=127.0.0.1'), 'left to kubeadm': kubeadm() },
    denied: { 'nothing said': scheduler(), 'every address': scheduler('--bind-address=0.0.0.0'), 'every address of IPv6': scheduler('--bind-address', '::'), 'by kubeadm': kubeadm({ 'bind-address': '0.0.0.0' }) },
  },
];
