import type { ObjectControl } from './control';

/** Jobs that a CronJob makes are as it says, and its history limits clear them away. */
const MADE_BY_CRON_JOB = "object.?metadata.?ownerReferences.orValue([]).exists(o, o.?kind.orValue('') == 'CronJob')";
const OWNED = { metadata: { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'a', uid: '1' }] } };
const SECONDS = { allowed: { 'an hour': 3600, 'a second': 1 }, denied: { 'nothing said': undefined, 'null': null, 'negative': -1 } };

/** That work ends, is retried within reason, and is cleared away. */
export const WORKLOAD_JOBS: readonly ObjectControl[] = [
  {
    id: 'workload/job-ttl', title: 'Jobs are cleared away when they are done', severity: 'low', level: 'strict', on: ['batch/Job'],
    frameworks: { nist: ['800-53 SC-5'], kubeLinter: ['job-ttl-seconds-after-finished'] },
    since: '1.21',
    cel: `${MADE_BY_CRON_JOB} || object.?spec.?ttlSecondsAfterFinished.orValue(-1) >= 0`,
    message: 'ttlSecondsAfterFinished must say when a finished Job goes; until then its pods, logs and all, stay',
    remediation: 'Set `ttlSecondsAfterFinished`, to a day, say, so that there is time to look at a failure.',
    snippet: 'spec:\n  ttlSecondsAfterFinished: 86400',
    at: 'spec.ttlSecondsAfterFinished',
    ...SECONDS,
    objectsAllowed: { 'nothing said of one that a CronJob makes': { ...OWNED, spec: { ttlSecondsAfterFinished: null } }, 'at once': { spec: { ttlSecondsAfterFinished: 0 } } },
  },
  {
    id: 'workload/job-deadline', title: 'Jobs end at some time', severity: 'low', level: 'strict', on: ['batch/Job'],
    frameworks: { nist: ['800-53 SC-5'] },
    cel: 'object.?spec.?activeDeadlineSeconds.orValue(0) > 0',
    message: 'activeDeadlineSeconds must say when a Job that hangs is given up',
    remediation: 'Set `activeDeadlineSeconds` to several times what the work takes.',
    snippet: 'spec:\n  activeDeadlineSeconds: 3600',
    at: 'spec.activeDeadlineSeconds',
    allowed: SECONDS.allowed, denied: { ...SECONDS.denied, 'none': 0 },
  },
  {
    id: 'workload/cron-job-deadline', title: 'The Jobs of CronJobs end at some time', severity: 'low', level: 'strict', on: ['batch/CronJob'],
    frameworks: { nist: ['800-53 SC-5'] },
    cel: 'object.?spec.?jobTemplate.?spec.?activeDeadlineSeconds.orValue(0) > 0',
    message: 'activeDeadlineSeconds must say when a Job that hangs is given up',
    remediation: 'Set `activeDeadlineSeconds` to several times what the work takes.',
    snippet: 'spec:\n  jobTemplate:\n    spec:\n      activeDeadlineSeconds: 3600',
    at: 'spec.jobTemplate.spec.activeDeadlineSeconds',
    allowed: SECONDS.allowed, denied: { ...SECONDS.denied, 'none': 0 },
  },
  {
    id: 'workload/job-retries', title: 'Jobs give up after some retries', severity: 'low', level: 'strict', on: ['batch/Job'],
    frameworks: { nist: ['800-53 SC-5'] },
    cel: 'object.?spec.?backoffLimit.orValue(6) <= 10',
    message: 'backoffLimit must be 10 at most',
    remediation: 'Leave `backoffLimit` out, which means 6, or set it lower.',
    snippet: 'spec:\n  backoffLimit: 3',
    at: 'spec.backoffLimit',
    allowed: { 'nothing said': undefined, 'none': 0, 'the most': 10 },
    denied: { 'one more': 11, 'without end': 2147483647 },
  },
  {
    id: 'workload/cron-job-concurrency', title: 'Runs of a CronJob do not pile up', severity: 'low', level: 'strict', on: ['batch/CronJob'],
    frameworks: { nist: ['800-53 SC-5'] },
    cel: "object.?spec.?concurrencyPolicy.orValue('') in ['Forbid', 'Replace']",
    message: 'concurrencyPolicy must be Forbid or Replace',
    remediation: 'Set `concurrencyPolicy: Forbid`, so that a run that is slow is not overtaken by the next.',
    snippet: 'spec:\n  concurrencyPolicy: Forbid',
    at: 'spec.concurrencyPolicy',
    allowed: { 'Forbid': 'Forbid', 'Replace': 'Replace' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'Allow': 'Allow', 'lower case': 'forbid' },
  },
  {
    id: 'workload/cron-job-starting-deadline', title: 'Runs of a CronJob that are missed are given up', severity: 'low', level: 'strict', on: ['batch/CronJob'],
    frameworks: { nist: ['800-53 CP-10'], kubeScore: ['cronjob-has-deadline'] },
    cel: 'object.?spec.?startingDeadlineSeconds.orValue(0) > 0',
    message: 'startingDeadlineSeconds must say how late a run may start; without it a hundred missed ones end the schedule for good',
    remediation: 'Set `startingDeadlineSeconds`, to five minutes, say.',
    snippet: 'spec:\n  startingDeadlineSeconds: 300',
    at: 'spec.startingDeadlineSeconds',
    allowed: SECONDS.allowed, denied: { ...SECONDS.denied, 'none': 0 },
  },
  {
    id: 'workload/cron-job-restart-policy', title: 'The pods of CronJobs run to completion', severity: 'low', level: 'strict', on: ['batch/CronJob'],
    frameworks: { kubeScore: ['cronjob-restartpolicy'] },
    cel: "object.?spec.?jobTemplate.?spec.?template.?spec.?restartPolicy.orValue('') in ['Never', 'OnFailure']",
    message: 'restartPolicy must be Never or OnFailure; the API server refuses another',
    remediation: 'Set `restartPolicy: Never`, so that the logs of each try are kept.',
    snippet: 'spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never',
    at: 'spec.jobTemplate.spec.template.spec.restartPolicy',
    allowed: { 'Never': 'Never', 'OnFailure': 'OnFailure' },
    denied: { 'nothing said': undefined, 'null': null, 'empty': '', 'Always': 'Always' },
  },
];
