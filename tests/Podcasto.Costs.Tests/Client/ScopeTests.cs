using System.Diagnostics;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Scopes;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Who is charged for what does not say so itself.</summary>
public sealed class ScopeTests
{
    private static readonly Guid Episode = Guid.Parse("0198d0c6-0000-7000-8000-00000000000e");
    private static readonly Guid Podcast = Guid.Parse("0198d0c6-0000-7000-8000-00000000000f");

    [Fact]
    public async Task Everything_tracked_inside_is_charged_to_the_episode_across_awaits_and_threads()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        var tracker = services.Tracker();
        using (CostScope.ForEpisode(Episode, Podcast))
        {
            await Task.Yield();
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => tracker.Track(Trackers.Event(2)))));
            tracker.Track(Trackers.Event(3) with { EpisodeId = Podcast });
            using (CostScope.ForPodcast(Podcast))
                tracker.Track(Trackers.Event(4));
            tracker.Track(Trackers.Event(2));
        }

        tracker.Track(Trackers.Event(5));
        Assert.True(await tracker.FlushedAsync());
        var charged = ledger.Stored.Values.Select(sent => $"{sent["quantity"]} {sent["episode_id"]} {sent["podcast_id"]}").Order().ToList();
        Assert.Equal([.. Enumerable.Repeat($"2 {Episode} {Podcast}", 11), $"3 {Podcast} ", $"4  {Podcast}", "5  "], charged);
    }

    [Fact]
    public async Task Episodes_side_by_side_do_not_mix()
    {
        var tracker = new RecordingTracker();
        var episodes = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(episodes.Select(ProduceAsync));
        Assert.All(episodes, episode => Assert.Equal(3, tracker.Of(episode).Count));

        async Task ProduceAsync(Guid episode)
        {
            using var scope = CostScope.ForEpisode(episode);
            for (var call = 0; call < 3; call++)
            {
                await Task.Delay(1);
                tracker.Track(Trackers.Event());
            }
        }
    }

    [Theory]
    [InlineData("podcasto.episode_id=0198d0c6-0000-7000-8000-00000000000e,podcasto.podcast_id=0198d0c6-0000-7000-8000-00000000000f")]
    [InlineData(
        " a=1;p , podcasto.podcast_id = 0198D0C6-0000-7000-8000-00000000000F ;ttl=3,podcasto.episode_id=0198d0c6%2D0000-7000-8000-00000000000e,b"
    )]
    public void A_scope_is_carried_as_baggage(string baggage)
    {
        using (CostScope.ForEpisode(Episode, Podcast))
            Assert.Equal($"podcasto.episode_id={Episode},podcasto.podcast_id={Podcast}", CostScope.Current!.ToBaggage());
        Assert.Null(CostScope.Current);
        using var scope = CostScope.FromBaggage(baggage);
        Assert.Equal((Episode, Podcast), (CostScope.Current!.EpisodeId!.Value, CostScope.Current.PodcastId!.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(",,;=,=x,podcasto.episode_id")]
    [InlineData("podcasto.episode_id=nonsense%zz,podcasto.podcast_id=%")]
    [InlineData("podcasto.episode_id=00000000-0000-0000-0000-000000000000")]
    public void Nonsense_leaves_the_scope_as_it_is(string? baggage)
    {
        using (CostScope.FromBaggage(baggage))
            Assert.Null(CostScope.Current);
        using var outer = CostScope.ForEpisode(Episode);
        using (CostScope.FromBaggage(baggage))
            Assert.Equal(Episode, CostScope.Current!.EpisodeId);
    }

    [Fact]
    public async Task A_scope_reaches_another_process_by_its_requests_and_is_found_there()
    {
        using var activity = new Activity("request").AddBaggage("tenant", "a b").AddBaggage(Baggage.PodcastKey, "of somebody else").Start();
        var sent = new Headers();
        using var invoker = new HttpMessageInvoker(new CostScopeHandler { InnerHandler = sent });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");
        using (CostScope.ForEpisode(Episode))
        {
            await invoker.SendAsync(request, CancellationToken.None);
            // A retry does not say it twice.
            await invoker.SendAsync(request, CancellationToken.None);
        }

        Assert.Equal([$"podcasto.episode_id={Episode},tenant=a%20b", $"podcasto.episode_id={Episode},tenant=a%20b"], sent.Values);
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        using (new Activity("at the other side").AddBaggage(Baggage.EpisodeKey, Episode.ToString()).Start())
            services.Tracker().Track(Trackers.Event());
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(Episode.ToString(), (string)ledger.Stored.Values.Single()["episode_id"]!);
    }

    private sealed class Headers : HttpMessageHandler
    {
        public List<string> Values { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Values.Add(string.Join('|', request.Headers.GetValues("baggage")));
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
