import { AddressRange, networkOf } from './addresses';
import { DIRECTIONS, isAddressPeer, Rule } from './policy';
import type { Reachability } from './reachability';
import type { Caveat } from './remark';
import { tied } from './tiers';
import { isUnknownWorkload } from './workloads';
import type { Inventory, KubeObject } from '../../inventory';

/** Where pods have their addresses: private networks, and those that carriers and clouds use like them. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].map((cidr) => networkOf(cidr)!);

/** Groups whose policies are enforced beside Kubernetes' own, and are not read here. */
const OTHER_POLICIES = /^(cilium\.io|(crd\.)?projectcalico\.org|crd\.antrea\.io|k8s\.ovn\.org|security\.istio\.io)\/.*(Policy|PolicySpec|EgressFirewall|AdminPolicyBasedExternalRoute)$/;

/** All that the answer takes for granted or leaves out. */
export function caveatsOf(inventory: Inventory, reach: Reachability): Caveat[] {
  return [...reach.policies.caveats, ...hostNetworks(reach), ...addressesOfPods(reach), ...ties(reach), ...others(inventory), ...several(inventory, reach)];
}

function hostNetworks({ workloads }: Reachability): Caveat[] {
  return workloads.flatMap(({ label, pods }) => pods.filter(({ hostNetwork }) => hostNetwork).slice(0, 1).map(({ object }): Caveat => ({
    topic: 'host-network', object, path: [object.pod?.path, 'hostNetwork'].join('.'), problem: `${label} is on its node's network`,
    remedy: 'policies neither select nor restrict it, so it may reach more, and more may reach it',
  })));
}

/** Whether a block matches a pod by its address depends on the plugin. */
function addressesOfPods({ policies }: Reachability): Caveat[] {
  const caveat = (object: KubeObject, { path }: Rule): Caveat => ({
    topic: 'address-of-pod', object, path, problem: `${path} names addresses that pods may have`, remedy: 'it is taken to match no pod; network plugins differ in that',
  });
  const isPrivate = (range: AddressRange) => PRIVATE.some((block) => meets(range, block));
  const names = ({ peers = [] }: Rule) => peers.some((peer) => isAddressPeer(peer) && !peer.matchesPods && peer.ranges.some(isPrivate));
  return [...policies.namespaced, ...policies.tiers]
    .flatMap(({ object, rules }) => DIRECTIONS.flatMap((direction) => rules[direction].filter(names).map((rule) => caveat(object, rule))));
}

function ties({ policies }: Reachability): Caveat[] {
  return tied(policies.tiers).map(([first, { object, tier, priority }]): Caveat => ({
    topic: 'priority', object, path: 'spec.priority', problem: `has priority ${priority} in tier ${tier}, as ${first.object.kind} ${first.object.name} has`,
    remedy: 'which of them comes first is not defined; here it is the order of their names',
  }));
}

function others({ objects }: Inventory): Caveat[] {
  return objects.flatMap((object): Caveat[] => {
    if (isUnknownWorkload(object)) return [{ topic: 'unmodelled-workload', object, path: '', problem: 'makes pods in a way of its own', remedy: 'it is left out; give the objects that it makes' }];
    if (!OTHER_POLICIES.test(`${object.group}/${object.kind}`)) return [];
    return [{ topic: 'unmodelled-policy', object, path: '', problem: `is a policy of ${object.group}`, remedy: 'it is left out; what is printed holds for Kubernetes\' own policies alone' }];
  });
}

/** What is there several times counts as often, since no order of applying them is known. */
function several({ objects }: Inventory, { policies, workloads }: Reachability): Caveat[] {
  const read = new Set([...policies.namespaced, ...policies.tiers].map(({ object }) => object).concat(workloads.flatMap(({ pods }) => pods.map(({ object }) => object))));
  const first = new Map<string, KubeObject>();
  return objects.filter((object) => read.has(object) && object.name !== undefined).flatMap((object): Caveat[] => {
    const key = JSON.stringify([object.group, object.kind, object.namespace ?? '', object.name]);
    const earlier = first.get(key);
    if (!earlier) first.set(key, object);
    if (!earlier || JSON.stringify(earlier.json) === JSON.stringify(object.json)) return [];
    return [{ topic: 'several', object, path: '', problem: `is another than the one in ${earlier.where}`, remedy: 'both are counted; apply one' }];
  });
}

function meets(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.low <= b.high && b.low <= a.high;
}
