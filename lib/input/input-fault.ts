/** Why a text could not be read, and where in it. */
export class InputFault extends Error {
  constructor(readonly offset: number, readonly reason: string) {
    super(reason);
  }
}
