/** All nodes of a syntax tree, each before those that are in it. */
export function* nodesIn(tree) {
  if (typeof tree.type === 'string') yield tree;
  for (const child of Object.values(tree)) {
    if (typeof child === 'object' && child !== null) yield* nodesIn(child);
  }
}
