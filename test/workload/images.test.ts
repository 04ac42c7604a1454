import { imageFaults, imageName } from '../../lib/workload/image';
import { SecureDeployment } from '../../lib/workload';
import { IMAGE, shop } from './shop';

const HEX = 'a'.repeat(64);
const texts = (image: string, registries: string[] = []) => imageFaults(image, registries).map(({ problem, remedy }) => `${problem}; ${remedy}`);
const clear = (text: string) => text.replaceAll(HEX, '<hex>');

test.each([
  `ghcr.io/acme/web:1.4@sha256:${HEX}`,
  `ghcr.io/acme/web@sha256:${HEX}`,
  `localhost:5000/web:1@sha256:${HEX}`,
  `localhost/web:1@sha256:${HEX}`,
  `registry.example.com:8443/a/b_c/d--e:1.0.0-rc.1@sha256:${HEX}`,
])('%s says which registry and which bytes', (image) => {
  expect(texts(image)).toEqual([]);
});

test.each([
  ['a bare name', 'nginx', [
    'image "nginx" does not say its registry, so each node\'s configuration decides; write "docker.io/library/nginx:<version>@sha256:<digest>" if that is the one',
    'image "nginx" has no digest, so what runs can change under its name; write "docker.io/library/nginx:<version>@sha256:<digest>"; "docker buildx imagetools inspect" prints the digest',
  ]],
  ['a path without a registry', `acme/web:1.4@sha256:${HEX}`, [
    'image "acme/web:1.4@sha256:<hex>" does not say its registry, so each node\'s configuration decides; write "docker.io/acme/web:1.4@sha256:<digest>" if that is the one',
  ]],
  ['a tag alone', 'ghcr.io/acme/web:1.4', [
    'image "ghcr.io/acme/web:1.4" has no digest, so what runs can change under its name; write "ghcr.io/acme/web:1.4@sha256:<digest>"; "docker buildx imagetools inspect" prints the digest',
  ]],
  ['the tag latest, with a digest too', `ghcr.io/acme/web:latest@sha256:${HEX}`, [
    'image "ghcr.io/acme/web:latest@sha256:<hex>" has the tag "latest"; name a version, which people and update tools can read',
  ]],
  ['a digest that is cut', 'ghcr.io/acme/web:1@sha256:abc', [
    'image "ghcr.io/acme/web:1@sha256:abc" has the digest "sha256:abc", which is none; write "@sha256:" and 64 hexadecimal digits in lower case',
  ]],
  ['a digest in upper case', `ghcr.io/acme/web:1@sha256:${'A'.repeat(64)}`, [
    `image "ghcr.io/acme/web:1@sha256:${'A'.repeat(64)}" has the digest "sha256:${'A'.repeat(64)}", which is none; write "@sha256:" and 64 hexadecimal digits in lower case`,
  ]],
  ['a path in upper case', `ghcr.io/Acme/web:1@sha256:${HEX}`, [
    'image "ghcr.io/Acme/web:1@sha256:<hex>" is no image name; write "registry/path:tag@sha256:<digest>", registry and path in lower case',
  ]],
  ['a tag with a space', `ghcr.io/acme/web:1 0@sha256:${HEX}`, [
    'image "ghcr.io/acme/web:1 0@sha256:<hex>" is no image name; write "registry/path:tag@sha256:<digest>", registry and path in lower case',
  ]],
  ['nothing', '', [
    'image is ""; write "registry/path:tag@sha256:<digest>"',
  ]],
  ['a Terraform token', '${TfToken[TOKEN.0]}', [
    'image "${TfToken[TOKEN.0]}" holds a Terraform token, which no manifest can resolve; give the name itself',
  ]],
])('%s is refused', (_, image, faults) => {
  expect(texts(image).map(clear)).toEqual(faults);
});

test('a registry that the Platform does not name is refused, also one whose name begins alike', () => {
  const refused = (image: string) => [`image "${image}" is from a registry that the Platform does not allow; take it from ghcr.io/acme/ or quay.io/, or add its registry to the Platform's registries`];
  expect(texts(`ghcr.io/acme/web@sha256:${HEX}`, ['ghcr.io/acme/', 'quay.io/'])).toEqual([]);
  const evil = `ghcr.io/acme-evil/w@sha256:${HEX}`;
  expect(texts(evil, ['ghcr.io/acme/', 'quay.io/'])).toEqual(refused(evil));
});

test('the Platform decides for a workload', () => {
  expect(() => new SecureDeployment(shop({ registries: ['quay.io/'] }), 'web', { containers: [{ image: IMAGE }] })).toThrow('is from a registry that the Platform does not allow');
});

test('a port of the registry is no tag', () => {
  expect(imageName('localhost:5000/web')).toEqual({ registry: 'localhost:5000', repository: 'localhost:5000/web', tag: undefined, digest: undefined });
});
