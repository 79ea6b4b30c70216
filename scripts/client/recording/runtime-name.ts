/** What runs this code: equal results to the last bit are promised by the same V8 only. */
export function runtimeName(): string {
  return `node ${process.versions.node}, v8 ${process.versions.v8}, ${process.platform} ${process.arch}`;
}
