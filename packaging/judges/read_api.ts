// Reads documents with the generated client, which validates each against its schema.
import { client } from "./generated/client.gen.js";
import * as operations from "./generated/sdk.gen.js";

type Operation = (options: {
  path?: Record<string, string | number>;
  throwOnError: true;
}) => Promise<{ data: unknown }>;

export async function readDocument(
  url: string, operation: string, path: Record<string, string | number>,
): Promise<unknown> {
  client.setConfig({ baseUrl: url });
  const call = (operations as unknown as Record<string, Operation>)[operation];
  // An operation without parameters refuses any.
  const parameters = Object.keys(path).length ? { path } : {};
  const { data } = await call({ ...parameters, throwOnError: true });
  return data;
}

// That the types fit is checked by the compiler: what a reader of stories writes.
export async function headlines(): Promise<string[]> {
  const { data } = await operations.listStories({ path: { page: 1 }, throwOnError: true });
  const found: string[] = [];
  for (const summary of data.data) {
    const { data: story } = await operations.getStory({
      path: { slug: summary.slug },
      throwOnError: true,
    });
    found.push(story.data.status === "usable" ? story.data.headline : story.data.status);
  }
  return found;
}
