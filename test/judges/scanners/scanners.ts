import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';

/** What a scanner has to say against an object. */
export interface Complaint {
  readonly check: string;
  /** `Kind namespace/name`. */
  readonly object: string;
}

/** A scanner in its default configuration. */
export interface Scanner {
  readonly name: string;
  readonly scan: (folder: string) => Complaint[];
}

const one = (complaints: readonly Complaint[]) => [...new Map(complaints.map((each) => [`${each.check} ${each.object}`, each])).values()];

function checkov(folder: string): Complaint[] {
  // Without the flag it asks a server for its guidelines; its checks are in the package.
  const report = JSON.parse(run('checkov', ['--framework', 'kubernetes', '--skip-download', '-o', 'json', '--quiet', '-d', folder]));
  return report.results.failed_checks.map(({ check_id, resource }: { check_id: string; resource: string }) => {
    const [kind, namespace, ...name] = resource.split('.');
    return { check: check_id, object: `${kind} ${namespace}/${name.join('.')}` };
  });
}

function kubeScore(folder: string): Complaint[] {
  const files = fs.readdirSync(folder).map((file) => path.join(folder, file));
  const report: any[] = JSON.parse(run('kube-score', ['score', '--output-format', 'json', ...files]));
  return report.flatMap(({ type_meta, object_meta, checks }) => checks
    .filter(({ grade, skipped }: { grade: number; skipped: boolean }) => !skipped && grade > 0 && grade < 7)
    .map(({ check }: { check: { id: string } }) => ({ check: check.id, object: `${type_meta.kind} ${object_meta.namespace ?? ''}/${object_meta.name}` })));
}

function kics(folder: string): Complaint[] {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'kics.'));
  try {
    run('kics', ['scan', '-p', folder, '--report-formats', 'json', '-o', out, '--silent']);
    const report = JSON.parse(fs.readFileSync(path.join(out, 'results.json'), 'utf8'));
    if (report.queries_failed_to_execute > 0) throw new Error(`${report.queries_failed_to_execute} queries of KICS ran into its time limit, and their findings are lost`);
    return report.queries.flatMap(({ query_name, files }: { query_name: string; files: any[] }) => files.map(({ file_name, line, resource_type, resource_name }) => (
      { check: query_name, object: objectAt(path.join(folder, path.basename(file_name)), line) ?? `${resource_type} ${resource_name}` })));
  } finally {
    fs.rmSync(out, { recursive: true });
  }
}

/** KICS names no namespaces, so the object is looked up by the line. */
function objectAt(file: string, line: number): string | undefined {
  const text = fs.readFileSync(file, 'utf8');
  const offset = text.split('\n').slice(0, line - 1).join('\n').length + 1;
  const document = parseAllDocuments(text).find(({ range }) => range[0] <= offset && offset <= range[2]);
  const { kind, metadata } = document?.toJS() ?? {};
  return kind && `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** What a scanner prints; it exits with a status of its own where it has findings. */
function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
    if (status !== null && status < 100 && (stdout !== '' || program === 'kics')) return stdout;
    throw new Error(`${program}: ${stderr}`);
  }
}

export const SCANNERS: readonly Scanner[] = [
  { name: 'checkov', scan: (folder) => one(checkov(folder)) },
  { name: 'kube-score', scan: (folder) => one(kubeScore(folder)) },
  { name: 'kics', scan: (folder) => one(kics(folder)) },
];

/** Whether a scanner is on the PATH. */
export function installed({ name }: Scanner): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, name)));
}
