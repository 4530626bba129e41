import {Refusal, type Call, type Reply} from './http.js';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Its groups are the call's `params`. */
  readonly path: RegExp;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

/** What a path leads to: how to handle its method, and the parts that the route leaves open. */
export interface Match {
  readonly handle: Route['handle'];
  readonly params: readonly string[];
}

/**
 * Finds the route of a request. `HEAD` is a `GET` whose body node leaves out, and `OPTIONS` tells
 * what there is.
 *
 * @throws {Refusal} 404 for an unknown path, 405 for a method it does not have.
 */
export function route(routes: readonly Route[], method: string, pathname: string): Match {
  const matching = routes.flatMap(candidate => {
    const found = candidate.path.exec(pathname);
    return found ? [{route: candidate, params: found.slice(1)}] : [];
  });
  if (matching.length === 0) throw new Refusal(404, 'not-found', 'There is nothing here.');
  const wanted = method === 'HEAD' ? 'GET' : method;
  const match = matching.find(({route: {method: offered}}) => offered === wanted);
  if (match) return {handle: match.route.handle, params: match.params};
  const Allow = [...matching.map(({route: {method: offered}}) => offered), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') {
    const params = matching[0]?.params ?? [];
    return {params, handle: () => ({status: 204, headers: {Allow}})};
  }
  throw new Refusal(405, 'method-not-allowed', `Only ${Allow} can be used here.`, {Allow});
}
