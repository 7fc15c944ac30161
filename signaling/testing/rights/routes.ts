import type { Router } from 'express';

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

/** `GET /api/lessons/:lessonId` for every route of these routers, read from the routers themselves. */
export function routesOf(mount: string, routers: readonly Router[]): string[] {
  const found = routers.flatMap((router) =>
    (router.stack as unknown as Layer[]).flatMap(({ route }) =>
      route
        ? [route.path].flat().flatMap((path) =>
            Object.keys(route.methods)
              .filter((method) => method !== '_all')
              .map((method) => `${method.toUpperCase()} ${mount}${path}`),
          )
        : [],
    ),
  );
  return [...new Set(found)].sort();
}
