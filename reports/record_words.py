"""What is done with reports, in the words of the record."""

from django.utils.translation import gettext_lazy as _

from teams.history.acts import say

say(
    _("প্রতিবেদন"),
    {
        "report.create": _("প্রতিবেদন শুরু করা হয়েছে"),
        "report.present": _("দপ্তর প্রধানের কাছে উপস্থাপন করা হয়েছে"),
        "report.submit": _("প্রতিবেদন পাঠানো হয়েছে"),
        "submission.create": _("পাঠানো প্রতিবেদন হুবহু সংরক্ষণ করা হয়েছে"),
        "report.return": _("সংশোধনের জন্য ফেরত দেওয়া হয়েছে"),
        "report.reopen": _("প্রতিবেদন আবার খোলা হয়েছে"),
        "report.accept": _("প্রতিবেদন গৃহীত হয়েছে"),
        "report.withdraw": _("গৃহীত প্রতিবেদন প্রত্যাহার করা হয়েছে"),
        "report.publish": _("প্রতিবেদন প্রকাশ করা হয়েছে"),
        "report.set_scores": _("মূল্যায়নের নম্বর লেখা হয়েছে"),
        "report.add_picture": _("প্রতিবেদনে ছবি যোগ করা হয়েছে"),
        "report.caption_picture": _("ছবির লেখা বদলানো হয়েছে"),
        "report.move_picture": _("ছবির ক্রম বদলানো হয়েছে"),
        "report.remove_picture": _("প্রতিবেদন থেকে ছবি সরানো হয়েছে"),
        "section.update": _("প্রতিবেদনের একটি অংশ লেখা হয়েছে"),
        "section.restore": _("তৈরি লেখা ফিরিয়ে আনা হয়েছে"),
        "section.take": _("রেকর্ডের এখনকার সংখ্যা নেওয়া হয়েছে"),
        "section.own_figure": _("হাতে লেখা সংখ্যা বসানো হয়েছে"),
        "section.leave_out": _("প্রতিবেদনের একটি অংশ বাদ রাখা হয়েছে"),
        "section.bring_back": _("বাদ রাখা অংশ ফিরিয়ে আনা হয়েছে"),
        "comment.answer": _("মন্তব্যের উত্তর দেওয়া হয়েছে"),
        "signingcertificate.keep": _("ডিজিটাল সনদ রাখা হয়েছে"),
        "signingcertificate.remove": _("ডিজিটাল সনদ সরানো হয়েছে"),
    },
)
say(
    _("পর্যালোচনা ও প্রকাশ"),
    {
        "report.assign": _("পর্যালোচক ঠিক করা হয়েছে"),
        "report.comment": _("মন্তব্য পাঠানো হয়েছে"),
        "comment.settle": _("মন্তব্য মীমাংসিত ধরা হয়েছে"),
        "comment.unsettle": _("মন্তব্য আবার খোলা হয়েছে"),
        "report.remind": _("প্রতিবেদনের তাগিদ দেওয়া হয়েছে"),
        "publication.release": _("সবার জন্য প্রকাশ করা হয়েছে"),
        "publication.withdraw": _("প্রকাশিত কাগজ প্রত্যাহার করা হয়েছে"),
        "nationalreport.create": _("জাতীয় প্রতিবেদন শুরু করা হয়েছে"),
        "nationalreport.update": _("জাতীয় প্রতিবেদনের লেখা বদলানো হয়েছে"),
        "nationalreport.publish": _("জাতীয় প্রতিবেদন প্রকাশ করা হয়েছে"),
        "nationalreport.reopen": _("জাতীয় প্রতিবেদন আবার খোলা হয়েছে"),
    },
)
say(
    _("কার্যক্রম"),
    {
        "activity.create": _("কার্যক্রম যোগ করা হয়েছে"),
        "activity.update": _("কার্যক্রমের লেখা বদলানো হয়েছে"),
        "activity.remove": _("কার্যক্রম মুছে ফেলা হয়েছে"),
        "activity.restore": _("মোছা কার্যক্রম ফিরিয়ে আনা হয়েছে"),
        "activity.add_pictures": _("কার্যক্রমে ছবি যোগ করা হয়েছে"),
        "activity.picture": _("কার্যক্রমের ছবির লেখা বদলানো হয়েছে"),
        "activity.remove_picture": _("কার্যক্রমের ছবি সরানো হয়েছে"),
    },
)
