import { beforeAll, expect, test } from "vitest";
import { isBefore, useApp } from "#testkit";

const app = useApp();

beforeAll(async () => {
  await app.addUsers();
  await app.addMessages();
});

const idsWith = async (user: number | string): Promise<number[]> => {
  const answer = await app.get(`/api/messages/with/${user}`);
  expect(answer.status).toBe(200);
  return answer.json.map(({ id }: { id: number }) => id);
};

test("GET /api/messages/with/<user_id> holds the messages to that user, by id", async () => {
  expect(await idsWith(1)).toEqual(expect.arrayContaining([2, 4, 6]));
  expect(await idsWith(3)).toEqual([7]);
});

if (isBefore("10")) {
  test("it holds no others", async () => {
    expect(await idsWith(1)).toEqual([2, 4, 6]);
    expect(await idsWith(2)).toEqual([1, 3, 5]);
  });
}

test.for(["4", "abc", "0"])(
  "GET /api/messages/with/%s: an unknown user answers 404",
  async (id) => {
    const answer = await app.get(`/api/messages/with/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ error: expect.any(String) });
  },
);
