/** Where a moment's bytes lie in the bucket: under its account, so that a lifecycle rule or an export can find them. */
export function keyOf(accountId: string, eventId: string, momentId: string): string {
  return `evidence/${accountId}/${eventId}/${momentId}`;
}
