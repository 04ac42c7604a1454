import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Exemption, ExemptionProps, Platform, Profile } from 'cdk8s-hardened';
import { Construct } from 'constructs';
import { exemptionsAt } from '../../lib/gates/grants';
import { today } from '../../lib/gates/today';
import { compliantPod, Json, KINDS, merged } from '../controls/compliant-pod';

/** Every test runs on the 30th of September 2026. */
const DAY = Date.UTC(2026, 8, 30, 23, 59, 59) / 1000;
beforeEach(() => { process.env.SOURCE_DATE_EPOCH = String(DAY); });
afterEach(() => { delete process.env.SOURCE_DATE_EPOCH; });

const GRANT: ExemptionProps = { control: 'pod/no-host-namespaces', reason: 'the node exporter reads /proc of the host', owner: 'team-observability', expires: '2027-03-31' };

function tree(profile = Profile.BASELINE): { app: App; chart: Chart } {
  const app = Testing.app();
  new Platform(app, 'cluster', { profile });
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true }) };
}

function workload(scope: Construct, id: string, spec: Json = { hostPID: true }): ApiObject {
  const { metadata: _, ...json } = KINDS.Deployment({ ...compliantPod(), spec: merged(compliantPod().spec, spec) });
  return new ApiObject(scope, id, json as never);
}

/** What synth says; a line for each violation, without cdk8s' own words. */
function refusals(app: App): string[] {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message.split('\n  [] ').slice(1);
  }
  return [];
}

const HOW_TO = 'to let a control fail for a time: Exemption.grant(construct, { control, reason, owner, expires })';
const HOST_PID = (where: string) => `${where}: critical pod/no-host-namespaces Deployment shop/${where.replace('/', '-')}: hostPID is true, but hostNetwork, hostPID and hostIPC must not be true; leave \`hostNetwork\`, \`hostPID\` and \`hostIPC\` out`;

describe('what it covers', () => {
  test('the object it is granted to, and no other', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'exporter'), GRANT);
    expect(refusals(app)).toEqual([]);
    workload(chart, 'other');
    expect(refusals(app)).toEqual([HOST_PID('shop/other'), HOW_TO]);
  });

  test('every object beneath the construct it is granted to, whenever it comes', () => {
    const { app, chart } = tree();
    const team = new Construct(chart, 'team');
    Exemption.grant(team, GRANT);
    workload(team, 'a');
    workload(new Construct(team, 'inner'), 'b');
    expect(refusals(app)).toEqual([]);
    workload(new Construct(chart, 'team-2'), 'c');
    expect(refusals(app)).toEqual([expect.stringContaining('shop/team-2/c'), HOW_TO]);
  });

  test('the control it names, and no other', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'exporter', { hostPID: true, volumes: [{ name: 'proc', hostPath: { path: '/proc' } }] }), GRANT);
    expect(refusals(app)).toEqual([expect.stringContaining('pod/no-host-path-volumes'), HOW_TO]);
  });

  test('with the strict form of a control its weaker form too, so that less is never refused for more', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'mounter', { volumes: [{ name: 'a', hostPath: { path: '/a' } }] }), { ...GRANT, control: 'pod/restricted-volume-types' });
    expect(refusals(app)).toEqual([]);
  });

  test('what a chart that renders itself returns', () => {
    const { app } = tree();
    class Patched extends Chart {
      public override toJson(): ReturnType<Chart['toJson']> {
        return super.toJson().map((json) => ({ ...json, spec: merged(json.spec, { template: { spec: { hostPID: true } } }) }));
      }
    }
    const chart = new Patched(app, 'patched');
    workload(chart, 'web', {});
    expect(refusals(app)).toHaveLength(2);
    Exemption.grant(chart, GRANT);
    expect(refusals(app)).toEqual([]);
  });
});

describe('the last day', () => {
  test('counts, and the day after does not', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'exporter'), { ...GRANT, expires: '2026-09-30' });
    expect(refusals(app)).toEqual([]);
    process.env.SOURCE_DATE_EPOCH = String(DAY + 1);
    expect(refusals(app)).toEqual([
      HOST_PID('shop/exporter'),
      'shop/exporter/Exemption: high exemption/not-expired Exemption pod/no-host-namespaces: the exemption from pod/no-host-namespaces expired with "2026-09-30"; mend what it excused and take it out, or renew it with a reason that still holds',
      HOW_TO,
    ]);
  });

  test('is at most the same day of the next year', () => {
    const { chart } = tree();
    expect(() => Exemption.grant(workload(chart, 'a'), { ...GRANT, expires: '2027-09-30' })).not.toThrow();
    expect(() => Exemption.grant(workload(chart, 'b'), { ...GRANT, expires: '2027-10-01' })).toThrow(new Error('shop/b/Exemption: expires "2027-10-01" is more than a year away; give 2027-09-30 or earlier and renew it when it ends'));
  });

  test('on a leap day the year ends with February', () => {
    process.env.SOURCE_DATE_EPOCH = String(Date.UTC(2028, 1, 29) / 1000);
    const { chart } = tree();
    expect(() => Exemption.grant(workload(chart, 'a'), { ...GRANT, expires: '2029-02-28' })).not.toThrow();
    expect(() => Exemption.grant(workload(chart, 'b'), { ...GRANT, expires: '2029-03-01' })).toThrow('give 2029-02-28 or earlier');
  });

  test('is judged by today where SOURCE_DATE_EPOCH says nothing', () => {
    expect(today({})).toBe(new Date().toISOString().slice(0, 10));
    expect(today({ SOURCE_DATE_EPOCH: '' })).toBe(today({}));
    expect(today({ SOURCE_DATE_EPOCH: '0' })).toBe('1970-01-01');
    for (const epoch of ['tomorrow', '-1', '1e99', '99999999999999']) expect(() => today({ SOURCE_DATE_EPOCH: epoch })).toThrow(new Error(`SOURCE_DATE_EPOCH: it is "${epoch}"; give the seconds since 1970, as "date +%s" prints them, or leave it unset`));
  });
});

describe('one that excuses nothing is a violation', () => {
  test('because nothing fails there', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'exporter', {}), GRANT);
    expect(refusals(app)).toEqual([
      'shop/exporter/Exemption: medium exemption/used Exemption pod/no-host-namespaces: the exemption from pod/no-host-namespaces excuses nothing; take it out, so that it excuses nothing that is yet to come; or correct whom it is for',
      HOW_TO,
    ]);
  });

  test('because another one, nearer to the root, does', () => {
    const { app, chart } = tree();
    Exemption.grant(workload(chart, 'exporter'), GRANT);
    Exemption.grant(chart, GRANT);
    expect(refusals(app)).toEqual([expect.stringMatching(/^shop\/exporter\/Exemption: medium exemption\/used/), HOW_TO]);
  });

  test('but not where the profile does not ask for its control', () => {
    const { app, chart } = tree(Profile.BASELINE);
    Exemption.grant(workload(chart, 'exporter', {}), { ...GRANT, control: 'pod/drop-all-capabilities' });
    expect(refusals(app)).toEqual([]);
  });
});

describe('what is wrong with it is said where it is granted', () => {
  const granted = (props: Partial<ExemptionProps>) => () => Exemption.grant(tree().chart, { ...GRANT, ...props });
  test.each<[string, Partial<ExemptionProps>, string]>([
    ['a control that there is not', { control: 'pod/no-privilegd' }, 'shop/Exemption: there is no control "pod/no-privilegd"; did you mean "pod/no-privileged"?'],
    ['a control of nowhere', { control: 'CKV_K8S_16' }, 'shop/Exemption: there is no control "CKV_K8S_16"; "cdk8s-hardened controls" lists them'],
    ['no control', { control: '' }, 'shop/Exemption: control is empty; give the id that the finding names, such as "pod/no-privileged"'],
    ['a control that nothing can be exempt from', { control: 'object/well-formed' }, 'shop/Exemption: nothing can be exempt from object/well-formed; mend what it found, and take the exemption out'],
    ['no reason', { reason: undefined }, 'shop/Exemption: reason is missing; say why the control may fail here'],
    ['a blank reason', { reason: ' \n' }, 'shop/Exemption: reason is " \\n"; say why the control may fail here'],
    ['no owner', { owner: '' }, 'shop/Exemption: owner is empty; name the team that answers for it'],
    ['a blank ticket', { ticket: '' }, 'shop/Exemption: ticket is empty; give the ticket, or leave it out'],
    ['no last day', { expires: undefined }, 'shop/Exemption: expires is missing; give the last day on which it holds as "YYYY-MM-DD", at the latest "2027-09-30"'],
    ['a day that there is not', { expires: '2027-02-29' }, 'shop/Exemption: expires is "2027-02-29"; give the last day on which it holds as "YYYY-MM-DD", at the latest "2027-09-30"'],
    ['a time', { expires: '2027-02-28T00:00:00Z' }, 'shop/Exemption: expires is "2027-02-28T00:00:00Z"; give the last day on which it holds as "YYYY-MM-DD", at the latest "2027-09-30"'],
    ['all of it at once', { control: 'pod', reason: '', owner: '', expires: 'never' }, [
      'there is no control "pod"; "cdk8s-hardened controls" lists them', 'reason is empty; say why the control may fail here', 'owner is empty; name the team that answers for it',
      'expires is "never"; give the last day on which it holds as "YYYY-MM-DD", at the latest "2027-09-30"',
    ].map((fault) => `shop/Exemption: ${fault}`).join('\n')],
  ])('%s', (_name, props, message) => {
    expect(granted(props)).toThrow(new Error(message));
  });

  test('the same twice', () => {
    const { chart } = tree();
    Exemption.grant(chart, GRANT);
    expect(() => Exemption.grant(chart, { ...GRANT, reason: 'another' })).toThrow(new Error('shop/Exemption: it is exempt from "pod/no-host-namespaces" already; state one exemption, with all reasons'));
  });

  test('and it is not granted', () => {
    const { chart } = tree();
    expect(() => Exemption.grant(chart, { ...GRANT, reason: '' })).toThrow();
    expect(exemptionsAt(chart)).toEqual([]);
  });
});

test('it says what was granted, and later changes of the props do not change it', () => {
  const { app, chart } = tree();
  const props = { ...GRANT, ticket: 'OBS-17' };
  expect({ ...Exemption.grant(workload(chart, 'exporter'), props) }).toEqual(props);
  props.control = 'pod/no-privileged';
  expect(refusals(app)).toEqual([]);
});

test('it turns the gate on by itself', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
  Exemption.grant(chart, { ...GRANT, control: 'pod/no-privileged' });
  workload(chart, 'web');
  expect(refusals(app).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(['shop/Exemption: medium exemption/used', 'shop/web: critical pod/no-host-namespaces', 'to let a']);
});
