using System.Text.Json.Nodes;

namespace Podcasto.Costs.Tests.Support;

internal static class JobClient
{
    /// <summary>Starts a job and waits for its end.</summary>
    public static async Task<JsonNode> RunJobAsync(this HttpClient client, string kind, string body)
    {
        var (status, job) = await client.PostAsync($"/api/v1/jobs/{kind}", body);
        Assert.True(status == 202, job?.ToJsonString());
        return await client.JobEndedAsync(job!);
    }

    /// <summary>Waits until a job has succeeded or failed.</summary>
    public static async Task<JsonNode> JobEndedAsync(this HttpClient client, JsonNode job)
    {
        for (var attempt = 0; ; attempt++)
        {
            job = await client.GetJsonAsync($"/api/v1/jobs/{job["id"]}");
            if ((string?)job["state"] is "succeeded" or "failed")
                return job;
            Assert.True(attempt < 600, job.ToJsonString());
            await Task.Delay(100);
        }
    }
}
