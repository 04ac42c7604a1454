/**
 * What the expressions of pod controls may read, each declared once, in Kubernetes' CEL, in an order in which each needs only those
 * before it. Whoever evaluates them provides `variables.podSpec` and `variables.podMetadata`: a Pod's own, or its template's.
 * `dyn` keeps a type-checking API server from refusing to join the three lists, whose item types differ.
 */
export const POD_VARIABLES: readonly (readonly [name: string, cel: string])[] = [
  ['containers', [
    'dyn(variables.podSpec.?initContainers.orValue([]))',
    'dyn(variables.podSpec.?containers.orValue([]))',
    'dyn(variables.podSpec.?ephemeralContainers.orValue([]))',
  ].join(' + ')],
  // The API refuses resources, ports and probes in an ephemeral container.
  ['started', "dyn(variables.podSpec.?initContainers.orValue([])) + dyn(variables.podSpec.?containers.orValue([]))"],
  // A pod that is not always restarted runs to completion, whoever made it: a Job's template and the Pod that comes of it alike.
  ['servers', "variables.podSpec.?restartPolicy.orValue('Always') in ['Never', 'OnFailure'] ? dyn([]) : dyn(variables.podSpec.?containers.orValue([]))"],
  ['volumes', 'dyn(variables.podSpec.?volumes.orValue([]))'],
  ['annotations', 'dyn(variables.podMetadata.?annotations.orValue({}))'],
  // Pod Security lets Windows pods lack what Windows does not have.
  ['windows', "variables.podSpec.?os.?name.orValue('') == 'windows'"],
  // Root in a user namespace is nobody outside it.
  ['userNamespace', 'variables.podSpec.?hostUsers.orValue(true) == false'],
];
