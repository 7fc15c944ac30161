import type { Router } from 'express';

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  /** A router that this one has taken in whole. */
  handle?: { stack?: Layer[] };
}

/** `GET /api/lessons/:lessonId` for every route of these routers, read from the routers themselves. */
export function routesOf(mount: string, routers: readonly Router[]): string[] {
  const found = routers.flatMap((router) => inStack(router.stack as unknown as Layer[], mount));
  return [...new Set(found)].sort();
}

function inStack(stack: readonly Layer[], mount: string): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return handle?.stack ? inStack(handle.stack, mount) : [];
    const methods = Object.keys(route.methods).filter((method) => method !== '_all');
    return [route.path]
      .flat()
      .flatMap((path) => methods.map((method) => `${method.toUpperCase()} ${mount}${path}`));
  });
}
