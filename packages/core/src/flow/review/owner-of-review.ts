import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

/** The account of a review that somebody without an account names: a worker, an operator, a message. */
export async function findOwnerOfReview(services: Services, reviewId: string): Promise<string | undefined> {
  const [owner] = await services.database.sql<
    { id: string | null }[]
  >`select account_of_review(${reviewId}) as id`;
  return owner?.id ?? undefined;
}

/** @throws `not-found` */
export async function ownerOfReview(services: Services, reviewId: string): Promise<string> {
  const id = await findOwnerOfReview(services, reviewId);
  if (id === undefined) throw problem("not-found", `no review ${reviewId}`);
  return id;
}
