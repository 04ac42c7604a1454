import type { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { INSTANCE_LABEL } from './harden-settings';
import { absolutePathFaults } from './option-faults';
import type { Container, PodTemplate } from './pod-template';
import { quantityOf } from './size';
import { Fault, nearest, shown } from '../errors';
import { dnsLabelFaults, dnsSubdomainFaults } from '../names';

/** Storage that each pod of a StatefulSet claims for itself, and finds again after it was replaced. */
export interface VolumeClaim {
  /** The volume's name; part of each claim's, `<name>-<statefulset>-0`. Immutable once applied. */
  readonly name: string;

  /**
   * Where it is mounted. A fresh file system is not empty (`lost+found`), so databases want a folder beneath: for postgres set PGDATA
   * to one.
   */
  readonly mountPath: string;

  /** How much is claimed. Immutable once applied; the claims themselves can grow where the class allows it. */
  readonly size: Size;

  /**
   * The empty name claims a volume without a class, which somebody must have made.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /** @default [PersistentVolumeAccessMode.READ_WRITE_ONCE] */
  readonly accessModes?: kplus.PersistentVolumeAccessMode[];

  /**
   * The name of the container that mounts it.
   * @default - the first container
   */
  readonly container?: string;
}

/** What is wrong with the claims of a StatefulSet. */
export function volumeClaimFaults(claims: readonly VolumeClaim[], props: kplus.WorkloadProps): Fault[] {
  const containers = (props.containers ?? []).map((container) => container.name ?? 'main');
  const volumes = [...props.volumes ?? [], ...(props.containers ?? []).flatMap((container) => container.volumeMounts ?? []).map((mount) => mount.volume)];
  const containerOf = (claim: VolumeClaim) => claim.container ?? containers[0];
  return claims.flatMap((claim, i) => [
    ...dnsLabelFaults('name', claim.name),
    ...absolutePathFaults('mountPath', claim.mountPath),
    ...claim.size.toKibibytes() > 0 ? [] : [{ problem: 'size is 0', remedy: 'give a size, such as Size.gibibytes(10)' }],
    ...!claim.storageClassName ? [] : dnsSubdomainFaults('storageClassName', claim.storageClassName),
    ...[...claims.slice(0, i), ...volumes].some((other) => other.name === claim.name)
      ? [{ problem: 'another volume has its name', remedy: 'give each a `name` of its own' }] : [],
    ...claims.slice(0, i).some((other) => other.mountPath === claim.mountPath && containerOf(other) === containerOf(claim))
      ? [{ problem: `another claim is mounted at ${shown(claim.mountPath)} already`, remedy: 'give each a `mountPath` of its own' }] : [],
    ...claim.container === undefined || containers.includes(claim.container) ? [] : [unknownContainer(claim.container, containers)],
  ].map(({ problem, remedy }) => ({ problem: `volume claim ${shown(claim.name)}: ${problem}`, remedy })));
}

function unknownContainer(name: string, containers: string[]): Fault {
  const [near] = nearest(name, containers);
  return { problem: `there is no container ${shown(name)}`, remedy: near ? `did you mean ${shown(near)}?` : `give one of ${containers.map(shown).join(', ')}` };
}

/** A template whose containers mount what the claims give them. */
export function withClaimMounts(template: PodTemplate, claims: readonly VolumeClaim[]): PodTemplate {
  const mounted = (container: Container) => {
    const own = claims.filter((claim) => (claim.container ?? template.spec?.containers?.[0].name) === container.name);
    return own.length === 0 ? container : { ...container, volumeMounts: [...container.volumeMounts ?? [], ...own.map(({ name, mountPath }) => ({ name, mountPath }))] };
  };
  return { ...template, spec: { ...template.spec, containers: template.spec?.containers?.map(mounted) } };
}

/**
 * The templates of the claims, whole as the API server gives them back, so that no tool sees a difference. They are immutable: their
 * labels are those that no release changes.
 */
export function volumeClaimTemplates(name: string, claims: readonly VolumeClaim[]): object[] {
  return claims.map((claim) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claim.name, labels: { 'app.kubernetes.io/name': name, [INSTANCE_LABEL]: name } },
    spec: {
      accessModes: claim.accessModes ?? [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      resources: { requests: { storage: quantityOf(claim.size) } },
      storageClassName: claim.storageClassName,
      volumeMode: 'Filesystem',
    },
  }));
}
