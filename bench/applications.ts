import * as fs from 'fs';
import * as path from 'path';

/** Which of an application's objects are weak, so that findings cost what they cost in real folders. */
const WEAK_EVERY = 20;

const labels = (name: string, indent: string) => [
  `${indent}app: ${name}`, `${indent}app.kubernetes.io/instance: ${name}`, `${indent}app.kubernetes.io/name: ${name}`,
  `${indent}app.kubernetes.io/part-of: shop`, `${indent}app.kubernetes.io/version: 1.4.${name.length}`, `${indent}owner: team-${name.length}`,
].join('\n');

/** An application as teams write them: Deployment, Service, ServiceAccount, NetworkPolicy and PodDisruptionBudget. */
export function application(i: number): string {
  const [name, namespace] = [`app-${i}`, `team-${i % 50}`];
  const digest = i.toString(16).padStart(64, '0');
  const weak = i % WEAK_EVERY === 0;
  const metadata = (indent = '') => `${indent}metadata:\n${indent}  name: ${name}\n${indent}  namespace: ${namespace}\n${indent}  labels:\n${labels(name, `${indent}    `)}`;
  return [
    `apiVersion: apps/v1
kind: Deployment
${metadata()}
spec:
  replicas: 3
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/instance: ${name}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
${labels(name, '        ')}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      enableServiceLinks: false
      priorityClassName: standard
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/instance: ${name}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/instance: ${name}
      securityContext:
        runAsNonRoot: ${!weak}
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
        seLinuxOptions:
          type: container_t
      containers:
        - name: main
          image: registry.example.com/team/${name}:1.4.${i}@sha256:${digest}
          imagePullPolicy: Always
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: UPSTREAM
              value: http://upstream.${namespace}.svc:8080
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
              ephemeral-storage: 64Mi
            limits:
              cpu: "1"
              memory: 512Mi
              ephemeral-storage: 1Gi
          livenessProbe:
            httpGet:
              path: /livez
              port: http
            periodSeconds: 20
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ${weak ? 'NET_RAW' : 'ALL'}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi`,
    `apiVersion: v1
kind: Service
${metadata()}
spec:
  selector:
    app.kubernetes.io/instance: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http`,
    `apiVersion: v1
kind: ServiceAccount
${metadata()}
automountServiceAccountToken: false`,
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata()}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/instance: ${name}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/instance: app-${i + 50}
      ports:
        - port: 8080
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53`,
    `apiVersion: policy/v1
kind: PodDisruptionBudget
${metadata()}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      app.kubernetes.io/instance: ${name}`,
  ].join('\n---\n');
}

/** Writes applications into some files of a folder, as many into each; five objects an application. */
export function writeApplications(folder: string, applications: number, files = 10): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return Array.from({ length: files }, (_, file) => {
    const mine = Array.from({ length: applications }, (_item, i) => i).filter((i) => i % files === file);
    const name = path.join(folder, `part-${file}.yaml`);
    fs.writeFileSync(name, `${mine.map(application).join('\n---\n')}\n`);
    return name;
  });
}
