/** One question for all who follow a stream in this process, instead of one each. */

/**
 * @param ask the newest number of each of these accounts
 * @param windowMs whoever asks within this time of the first shares its question
 * @returns asks for one account; 0 where it has no entry
 */
export function watchNewest(
  ask: (accountIds: string[]) => Promise<{ accountId: string; number: number }[]>,
  windowMs: number,
): (accountId: string) => Promise<number> {
  let gathering: { accountIds: Set<string>; answer: Promise<Map<string, number>> } | undefined;
  const begin = () => {
    const accountIds = new Set<string>();
    const answer = new Promise((resolve) => {
      setTimeout(resolve, windowMs);
    }).then(async () => {
      gathering = undefined;
      return new Map((await ask([...accountIds])).map((row) => [row.accountId, row.number]));
    });
    return { accountIds, answer };
  };
  return async (accountId) => {
    gathering ??= begin();
    gathering.accountIds.add(accountId);
    return (await gathering.answer).get(accountId) ?? 0;
  };
}
