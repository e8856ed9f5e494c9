/** Where a moment's bytes lie in the bucket: under its account, so that a lifecycle rule or an export can find them. */
export function keyOf(accountId: string, eventId: string, momentId: string): string {
  return `evidence/${accountId}/${eventId}/${momentId}`;
}

/**
 * Where a device uploads a moment's bytes before they are sealed. Another place than where they lie afterwards: an upload
 * URL still works for some seconds after its object was looked at.
 */
export function uploadKeyOf(accountId: string, eventId: string, momentId: string): string {
  return `uploads/${accountId}/${eventId}/${momentId}`;
}
