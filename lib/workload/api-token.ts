import type { HardenSettings } from './harden-settings';
import type { PodSpec } from './pod-template';
import { withSharedVolume } from './shared-volume';

/** Where every Kubernetes client looks. */
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Mounts a token for the Kubernetes API where client libraries look for it, beside the cluster's CA and the namespace, since
 * they fail when any of the three is missing. It expires, and it can be for one audience only.
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export function withApiToken(spec: PodSpec, { apiToken }: Pick<HardenSettings, 'apiToken'>): PodSpec {
  if (!apiToken) return spec;
  return withSharedVolume(spec, {
    name: 'kube-api-access',
    source: {
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: apiToken.expirationSeconds, ...apiToken.audience && { audience: apiToken.audience } } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
    mount: { mountPath: TOKEN_PATH, readOnly: true },
    needs: (container) => !container.volumeMounts?.some((mount) => mount.mountPath?.replace(/\/+$/, '') === TOKEN_PATH),
    place: 'last', // within a folder that is writable as a whole
  });
}
