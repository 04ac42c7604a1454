import { Fault, shown } from '../errors';
import { holdsTerraformToken } from '../names';

/** An image's name, taken apart: `registry/path:tag@digest`. */
export interface ImageName {
  /** Its host, such as `ghcr.io`; undefined where the name leaves it to the node's configuration. */
  readonly registry?: string;
  /** The registry and the path. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const REPOSITORY = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/;
const TAG = /^\w[\w.-]{0,127}$/;

/** Takes an image's name apart, as container runtimes do. */
export function imageName(image: string): ImageName {
  const [name, digest] = splitOnce(image, image.indexOf('@'));
  const colon = name.lastIndexOf(':');
  const [repository, tag] = splitOnce(name, colon > name.lastIndexOf('/') ? colon : -1);
  const [host, ...path] = repository.split('/');
  const registry = path.length > 0 && (/[.:]/.test(host) || host === 'localhost') ? host : undefined;
  return { registry, repository, tag, digest };
}

/**
 * What is wrong with an image's name: it must say which registry, and which bytes.
 * @param registries the prefixes that images may have; any when empty
 */
export function imageFaults(image: string, registries: readonly string[]): Fault[] {
  if (typeof image !== 'string' || image === '') {
    return [{ problem: `image is ${shown(image)}`, remedy: 'write "registry/path:tag@sha256:<digest>"' }];
  }
  if (holdsTerraformToken(image)) {
    return [{ problem: `image ${shown(image)} holds a Terraform token, which no manifest can resolve`, remedy: 'give the name itself' }];
  }
  const { registry, repository, tag, digest } = imageName(image);
  const full = registry ? repository : `docker.io/${repository.includes('/') ? '' : 'library/'}${repository}`;
  const example = `${full}:${tag && tag !== 'latest' ? tag : '<version>'}@sha256:<digest>`;
  const faults: Fault[] = [];
  if (!registry) {
    faults.push({ problem: `image ${shown(image)} does not say its registry, so each node's configuration decides`, remedy: `write "${example}" if that is the one` });
  } else if (!REPOSITORY.test(repository) || (tag !== undefined && !TAG.test(tag))) {
    faults.push({ problem: `image ${shown(image)} is no image name`, remedy: 'write "registry/path:tag@sha256:<digest>", registry and path in lower case' });
  } else if (registries.length > 0 && !registries.some((prefix) => image.startsWith(prefix))) {
    faults.push({ problem: `image ${shown(image)} is from a registry that the Platform does not allow`, remedy: `take it from ${registries.join(' or ')}, or add its registry to the Platform's registries` });
  }
  if (tag === 'latest') faults.push({ problem: `image ${shown(image)} has the tag "latest"`, remedy: 'name a version, which people and update tools can read' });
  if (digest === undefined) {
    faults.push({ problem: `image ${shown(image)} has no digest, so what runs can change under its name`, remedy: `write "${example}"; "docker buildx imagetools inspect" prints the digest` });
  } else if (!DIGEST.test(digest)) {
    faults.push({ problem: `image ${shown(image)} has the digest ${shown(digest)}, which is none`, remedy: 'write "@sha256:" and 64 hexadecimal digits in lower case' });
  }
  return faults;
}

function splitOnce(text: string, at: number): [string, string | undefined] {
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
