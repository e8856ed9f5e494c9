/** Something that a person asks for: one at a time, and why it did not work. */
import { useMutation } from "@tanstack/react-query";
import { explain } from "../words/refusal.ts";

export function useDeed(onDone: () => void) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: onDone,
  });
  return {
    busy: isPending,
    fault: error === null ? undefined : `${explain(error).what} ${explain(error).next}`,
    /** `fault` says whether it worked; `onDone` is called once it is over, whichever way. */
    run: (work: () => Promise<unknown>) => mutate(work),
  };
}
