import { isUtf8 } from 'buffer';
import * as fs from 'fs';
import { Io, UsageError } from './command';
import { printable, shown } from '../../errors';
import { Access, reviewOf } from '../../proofs/access';

/**
 * Answers the specs of SubjectAccessReviews, one a line, in their order, with a line each. A line that is none is named on stderr, and
 * gets no answer.
 * @returns 0, or 2 where a line was none
 */
export function answerQuestions(access: Access, file: string, io: Io): number {
  let unanswered = 0;
  const answers: string[] = [];
  const bytes = bytesOf(file, io);
  const valid = isUtf8(bytes);
  bytes.toString('utf8').replace(/^\ufeff/, '').split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const review = !valid && line.includes('\ufffd') ? 'it is not valid UTF-8' : read(line);
    if (typeof review === 'string') {
      unanswered++;
      io.stderr(`${printable(`${file}:${i + 1}: ${review}; give the spec of a SubjectAccessReview, such as {"user": "jane", "groups": [], "resourceAttributes": {"verb": "get", "resource": "pods", "namespace": "shop"}}`)}\n`);
      return;
    }
    const { allowed, reason } = access.decide(review.identity, review.request);
    answers.push(`${JSON.stringify({ allowed, reason })}\n`);
  });
  io.stdout(answers.join(''));
  return unanswered > 0 ? 2 : 0;
}

function read(line: string): ReturnType<typeof reviewOf> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return `${shown(line)} is no JSON`;
  }
  return reviewOf(json);
}

function bytesOf(file: string, io: Io): Buffer {
  if (file === '-') return io.stdin();
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new UsageError(`--questions ${shown(file)} cannot be read: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message}`);
  }
}
