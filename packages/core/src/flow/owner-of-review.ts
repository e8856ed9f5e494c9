import { problem } from "../problem.ts";
import type { Services } from "./services.ts";

/** The account of a review that a worker names. @throws `not-found` */
export async function ownerOfReview(services: Services, reviewId: string): Promise<string> {
  const [owner] = await services.database.sql<
    { id: string | null }[]
  >`select account_of_review(${reviewId}) as id`;
  if (!owner?.id) throw problem("not-found", `no review ${reviewId}`);
  return owner.id;
}
