import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { shop, synthesized, WEB } from './shop';
import { SecureDeployment, SecureDeploymentProps } from '../../lib/workload';

const web = (props: Partial<SecureDeploymentProps>) => new SecureDeployment(shop(), 'web', { containers: [WEB], ...props });
const said = (props: Partial<SecureDeploymentProps>) => {
  try {
    synthesized(web(props), 'Deployment');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each<[string, Partial<SecureDeploymentProps>, string]>([
  ['a label', { podMetadata: { labels: { 'a b': 'c' } } }, 'label of its pods "a b" is not valid'],
  ['a label\'s value', { podMetadata: { labels: { a: 'c d' } } }, 'the value of its pods\' label "a", "c d" is not valid'],
  ['an annotation', { podMetadata: { annotations: { 'a b': 'c' } } }, 'annotation of its pods "a b" is not valid'],
  ['a port\'s name', { containers: [{ ...WEB, portNumber: undefined, ports: [{ number: 8080, name: 'This_Is_Too_Long_Name' }] }] },
    'container "main": port name "This_Is_Too_Long_Name" is not valid; use at most 15 lower-case letters, digits and single "-", with a letter among them'],
  ['more than the limit', { containers: [{ ...WEB, resources: { memory: { request: Size.gibibytes(4), limit: Size.gibibytes(1) } } }] },
    'container "main": it requests 4Gi of memory, and its limit is 1Gi; raise the limit, or request less'],
  ['an environment variable', { containers: [{ ...WEB, envVariables: { 'A=B': kplus.EnvValue.fromValue('c') } }] }, 'container "main": environment variable "A=B" is not valid'],
])('%s that the API server refuses fails synth, with what to write', (_, props, message) => {
  expect(said(props)).toContain(message);
});

test('what is written right passes', () => {
  expect(said({ podMetadata: { labels: { a: 'b' }, annotations: { 'example.com/Upper': 'x y' } }, containers: [{ ...WEB, envVariables: { 'a.b-C_1': kplus.EnvValue.fromValue('c') } }] })).toBe('');
});

test.each(['allowTo', 'allowFrom', 'isolate'] as const)('connections.%s, by which cdk8s-plus opens more than was asked, is refused for network.allow', (method) => {
  const deployment = web({});
  expect(() => (deployment.connections[method] as (...args: unknown[]) => void)(deployment)).toThrow(new Error(
    `${deployment.node.path}: connections.${method} may open ports that nobody named, and writes policies that can clash; `
    + 'use network.allow(from, to) of the HardenedNamespace, or of a DefaultDenyNetwork in the chart'));
});
