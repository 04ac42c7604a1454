import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** Where packages and administrators put a filesystem mirror of Terraform providers. */
const MIRROR_ROOTS = ['/opt', '/usr/local/share', '/usr/share', path.join(os.homedir(), '.terraform.d')];

/** Whether there is a Terraform to ask. */
export function hasTerraform(): boolean {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `terraform validate -json` prints. */
export interface Verdict {
  readonly valid: boolean;
  readonly diagnostics: { readonly severity: string; readonly summary: string; readonly detail?: string }[];
}

/** Initializes a copy of a synthesized stack without its backend, and validates it with the real providers. */
export function validate(stack: string): Verdict {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terraform.'));
  try {
    fs.writeFileSync(path.join(folder, 'cdk.tf.json'), stack);
    const env = { ...process.env, TF_CLI_CONFIG_FILE: cliConfig(folder), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const terraform = (...args: string[]) => execFileSync('terraform', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    terraform('init', '-backend=false', '-input=false', '-no-color');
    try {
      return JSON.parse(terraform('validate', '-json'));
    } catch (error) {
      return JSON.parse((error as { stdout: string }).stdout); // it exits 1 when the stack is not valid
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The user's own configuration if there is one; else one that names the mirror this machine has, or none. */
function cliConfig(folder: string): string | undefined {
  const own = process.env.TF_CLI_CONFIG_FILE;
  if (own && fs.existsSync(own)) return own;
  const mirror = findMirror();
  const file = path.join(folder, 'cli.tfrc');
  fs.writeFileSync(file, mirror ? `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n` : '');
  return file;
}

function findMirror(): string | undefined {
  for (const root of MIRROR_ROOTS) {
    for (const folder of [root, ...subfolders(root), ...subfolders(root).flatMap(subfolders)]) {
      if (fs.existsSync(path.join(folder, 'registry.terraform.io'))) return folder;
    }
  }
  return undefined;
}

function subfolders(folder: string): string[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}
