import * as fc from 'fast-check';
import { Quantity } from '../../lib/quantity';
import { hardenPod } from '../../lib/workload/harden-pod';
import type { Container } from '../../lib/workload/pod-template';
import { completedResources } from '../../lib/workload/resources';
import { podTemplate, quantity, resources, settings } from '../arbitraries/pod-template';
import { lost } from './fills-in';

test('the law itself sees what is lost, changed and reordered, and not what is added', () => {
  const written = { a: [1, { b: 2 }], c: { d: false } };
  expect(lost(written, { a: [0, 1, 5, { b: 2, x: 1 }], c: { d: false, e: 1 } })).toEqual([]);
  expect(lost(written, { a: [{ b: 2 }, 1], c: {} })).toEqual(['.a[1]', '.c.d']);
  expect(lost(written, { a: 1, c: { d: true } })).toEqual(['.a', '.c.d']);
});

test('hardening takes nothing away and changes nothing', () => {
  fc.assert(fc.property(podTemplate(), settings(), (template, facts) => {
    expect(lost(template, hardenPod(template, facts))).toEqual([]);
  }), { numRuns: 1000 });
});

test('hardening twice is hardening once', () => {
  fc.assert(fc.property(podTemplate(), settings(), (template, facts) => {
    const once = hardenPod(template, facts);
    expect(hardenPod(once, facts)).toEqual(once);
  }), { numRuns: 1000 });
});

test('hardening leaves the template it is given as it was', () => {
  fc.assert(fc.property(podTemplate(), settings(), (template, facts) => {
    const before = JSON.stringify(template);
    hardenPod(template, facts);
    expect(JSON.stringify(template)).toBe(before);
  }));
});

test('each mount of a hardened pod has a path of its own, and each volume a name', () => {
  fc.assert(fc.property(podTemplate(), settings(), (template, facts) => {
    const { containers = [], initContainers = [], volumes = [] } = hardenPod(template, facts).spec ?? {};
    for (const { volumeMounts = [] } of [...containers, ...initContainers]) {
      expect(new Set(volumeMounts.map((mount) => mount.mountPath)).size).toBe(volumeMounts.length);
    }
    expect(new Set(volumes.map((volume) => volume.name)).size).toBe(volumes.length);
  }), { numRuns: 1000 });
});

test('the two probes of a container are never derived alike', () => {
  fc.assert(fc.property(podTemplate(), settings(), (template, facts) => {
    const derived = (template.spec?.containers ?? []).map((written, i) => [written, hardenPod(template, facts).spec?.containers?.[i]] as [Container, Container])
      .filter(([written]) => !written.livenessProbe || !written.readinessProbe);
    for (const [, { livenessProbe, readinessProbe }] of derived) {
      if (livenessProbe) expect(livenessProbe).not.toEqual(readinessProbe);
    }
  }), { numRuns: 1000 });
});

test('resources are complete, and no request that was filled in is above its limit', () => {
  fc.assert(fc.property(resources(), fc.boolean(), quantity(), (written, cpuLimit, writableSizeLimit) => {
    const complete = completedResources(written, { cpuLimit, writable: ['/tmp', '/data'], writableSizeLimit: String(writableSizeLimit) });
    for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
      const [request, limit] = [complete.requests, complete.limits].map((list) => Quantity.parse(list?.[resource]));
      expect(request).toBeDefined();
      if (limit === undefined) expect([resource, cpuLimit]).toEqual(['cpu', false]);
      else if (!(written.requests && resource in written.requests && written.limits && resource in written.limits)) expect(request!.isMoreThan(limit)).toBe(false);
    }
  }), { numRuns: 1000 });
});
