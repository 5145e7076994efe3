namespace Podcasto.Costs.Cli.Commands.Completions;

/// <summary>Each asks the program itself what may come next, so that they need no change with it. Where it has no answer, files are offered.</summary>
internal static class ShellScripts
{
    public const string Bash = """
        _podcasto_costs() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(podcasto-costs "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _podcasto_costs podcasto-costs

        """;

    public const string Zsh = """
        #compdef podcasto-costs
        _podcasto_costs() {
          local -a words_that_fit
          words_that_fit=("${(@f)$(podcasto-costs "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
          if [[ -n "${words_that_fit[1]}" ]]; then compadd -a words_that_fit; else _files; fi
        }
        if [[ "${funcstack[1]}" == _podcasto_costs ]]; then _podcasto_costs "$@"; else compdef _podcasto_costs podcasto-costs; fi

        """;

    public const string Fish = """
        function __podcasto_costs_complete
          podcasto-costs "[suggest:"(commandline --cursor)"]" (commandline --current-buffer) 2> /dev/null
        end
        complete --command podcasto-costs --arguments '(__podcasto_costs_complete)'

        """;
}
