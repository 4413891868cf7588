// A refusal in ECS's own terms.

/** `code` and `message` are what the API would answer: `ClusterNotFoundException`, "Cluster not found." */
export class EcsSimulationError extends Error {
  override readonly name = 'EcsSimulationError';
  readonly code: string;
  /** Further members of the error's body, such as `resourceIds` of a ConflictException. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** InvalidParameterException, the commonest refusal. */
export function invalid(message: string): EcsSimulationError {
  return new EcsSimulationError('InvalidParameterException', message);
}
