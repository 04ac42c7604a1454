import { spawn, ChildProcess, execFileSync } from 'child_process';
import * as fs from 'fs';
import * as https from 'https';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';

/** A Kubernetes object as it is sent. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What the server said to one request. */
export interface Answer {
  readonly accepted: boolean;
  /** The server's own words; empty when it accepted. */
  readonly message: string;
  readonly warnings: string[];
}

/** Who sends a request. */
export interface Caller {
  /** Whom it is sent as. */
  readonly user?: string;
  readonly groups?: string[];
  /** Of whoever sends it. @default - the administrator's */
  readonly token?: string;
}

const TOKEN = 'a-test-server-on-loopback-for-one-run';
const START_LIMIT_MS = 90_000;

/**
 * The folder with `etcd` and `kube-apiserver`, by the variable that envtest and kubebuilder use; undefined where a user has none.
 * @see https://book.kubebuilder.io/reference/envtest
 */
export const ASSETS = process.env.KUBEBUILDER_ASSETS;

/** A real kube-apiserver with its etcd on loopback, for the length of one test file. No controllers, no nodes. */
export class ApiServer {
  public static async start(assets: string): Promise<ApiServer> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api.'));
    const key = path.join(folder, 'accounts.key');
    execFileSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key], { stdio: 'ignore' });
    fs.writeFileSync(path.join(folder, 'tokens.csv'), `${TOKEN},admin,admin,system:masters\n`, { mode: 0o600 });
    const socket = `unix://${folder}/etcd.sock`;
    const etcd = run(path.join(assets, 'etcd'), folder, [
      '--data-dir', path.join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'error', '--listen-client-urls', socket,
      '--advertise-client-urls', 'http://127.0.0.1:0', '--listen-peer-urls', 'http://127.0.0.1:0',
    ]);
    const port = await freePort();
    const apiserver = run(path.join(assets, 'kube-apiserver'), folder, [
      '--etcd-servers', socket, '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--endpoint-reconciler-type', 'none',
      '--secure-port', String(port), '--cert-dir', path.join(folder, 'certs'), '--token-auth-file', path.join(folder, 'tokens.csv'),
      '--authorization-mode', 'RBAC', '--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', key,
      '--service-account-signing-key-file', key, '--service-cluster-ip-range', '10.96.0.0/16', '--allow-privileged=true',
    ]);
    const server = new ApiServer(port, folder, [etcd, apiserver]);
    try {
      await server.ready();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private readonly resources = new Map<string, Map<string, { plural: string; namespaced: boolean }>>();
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8 });

  private constructor(private readonly port: number, private readonly folder: string, private readonly processes: ChildProcess[]) {}

  /** Creates an object with strict field validation, for real or as a dry run. */
  public async create(object: Manifest, options: { dryRun: boolean; as?: Caller }): Promise<Answer> {
    const query = `fieldValidation=Strict${options.dryRun ? '&dryRun=All' : ''}`;
    const { status, body, warnings } = await this.request('POST', `${await this.pathOf(object)}?${query}`, object, headersOf(options.as));
    return { accepted: status === 201, message: status === 201 ? '' : body.message ?? `status ${status}`, warnings };
  }

  /** Every resource of every stable API that it serves. */
  public async servedResources(): Promise<{ group: string; resource: string; namespaced: boolean; verbs: string[] }[]> {
    const { body: { groups } } = await this.request('GET', '/apis');
    const versions = groups.flatMap((group: any) => group.versions.filter(({ version }: any) => /^v\d+$/.test(version)).map(({ groupVersion }: any) => [group.name, `/apis/${groupVersion}`]));
    const lists = await Promise.all([['', '/api/v1'], ...versions].map(async ([group, url]) => (await this.request('GET', url)).body.resources
      .map(({ name, namespaced, verbs }: any) => ({ group, resource: name, namespaced, verbs }))));
    return lists.flat();
  }

  /** Whether RBAC lets somebody do something. */
  public async allowed(spec: object): Promise<boolean> {
    const { body } = await this.request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec });
    return body.status?.allowed === true;
  }

  /** Sends one request: as the administrator, who may act as somebody else, or with a token of one's own. */
  public async call(method: string, url: string, object?: object, as: Caller = {}): Promise<{ status: number; body: any }> {
    return this.request(method, url, object, headersOf(as));
  }

  public async stop(): Promise<void> {
    this.agent.destroy();
    for (const child of this.processes.reverse()) {
      if (child.exitCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL'); // neither server has anything worth saving
      await ended;
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async pathOf(object: Manifest): Promise<string> {
    const base = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    let kinds = this.resources.get(base);
    if (!kinds) {
      const { body } = await this.request('GET', base);
      const served: { name: string; kind: string; namespaced: boolean }[] = body.resources ?? [];
      kinds = new Map(served.filter(({ name }) => !name.includes('/')).map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
      this.resources.set(base, kinds);
    }
    const resource = kinds.get(object.kind);
    if (!resource) {
      this.resources.delete(base); // a definition that was just created is served a moment later
      throw new Error(`the server has no ${object.apiVersion} ${object.kind}`);
    }
    return resource.namespaced ? `${base}/namespaces/${object.metadata.namespace}/${resource.plural}` : `${base}/${resource.plural}`;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS;
    for (;;) {
      const ended = this.processes.find((child) => child.exitCode !== null);
      if (ended) throw new Error(`${path.basename(ended.spawnfile)} ended: ${fs.readFileSync(path.join(this.folder, `${path.basename(ended.spawnfile)}.log`), 'utf8').slice(-2000)}`);
      if (Date.now() > deadline) throw new Error('the API server was not ready in time');
      const answers = await Promise.all(['/readyz', '/api/v1/namespaces/default'].map((url) => this.request('GET', url).catch(() => undefined)));
      if (answers.every((answer) => answer?.status === 200)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async request(method: string, url: string, object?: object, further: object = {}): Promise<{ status: number; body: any; warnings: string[] }> {
    const ca = fs.readFileSync(path.join(this.folder, 'certs/apiserver.crt'));
    return new Promise((resolve, reject) => {
      const type = method !== 'PATCH' ? 'application/json' : Array.isArray(object) ? 'application/json-patch+json' : 'application/merge-patch+json';
      const headers = { 'authorization': `Bearer ${TOKEN}`, 'content-type': type, ...further };
      const request = https.request({ host: '127.0.0.1', port: this.port, method, path: url, ca, headers, agent: this.agent, timeout: 30_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const body = text.startsWith('{') ? JSON.parse(text) : {};
          resolve({ status: response.statusCode ?? 0, body, warnings: ([] as string[]).concat(response.headers.warning ?? []) });
        });
      });
      request.on('timeout', () => request.destroy(new Error(`no answer to ${method} ${url}`)));
      request.on('error', reject);
      request.end(object && JSON.stringify(object));
    });
  }
}

function headersOf(as: Caller = {}): object {
  return {
    ...as.token === undefined ? {} : { authorization: `Bearer ${as.token}` }, ...as.user === undefined ? {} : { 'impersonate-user': as.user },
    ...as.groups?.length ? { 'impersonate-group': as.groups } : {},
  };
}

function run(program: string, folder: string, args: string[]): ChildProcess {
  const log = fs.openSync(path.join(folder, `${path.basename(program)}.log`), 'w');
  const child = spawn(program, args, { stdio: ['ignore', log, log] });
  fs.closeSync(log);
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
